import { type ConformanceLevel, conformanceLevels } from '../client/conformance-levels.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { requestSignDownloads } from '../client/downloads.js'
import { codeOf, fieldOf } from '../client/expectations.js'
import type { Subject } from '../client/subject.js'
import { newFile, requestAbortUploads, requestSignUploads, uploadOne } from '../client/uploads.js'

const section = 'The wire protocol, version 1'
const says = 'What a server lacks it answers with unsupported-operation.'

/** That the level multipart is there, and sends files of the suite's size in parts. */
export const multipartOffered: ConformanceRule = {
  id: 'multipart-offered',
  level: 'multipart',
  title: 'offers the level, and sends a large file in parts',
  section,
  says,
  isGate: true,
  async run(subject) {
    await requireOffer('multipart', subject)
    const size = subject.multipartSizeBytes
    const [entry] = await requestSignUploads(subject, [newFile(subject, { size })])
    const code = codeOf(entry)
    if (code === 'file-too-large') {
      fail(
        `A file of ${size} bytes is refused with ${code}. Name a smaller size that the server sends in parts: --multipart-size.`,
      )
    }
    if (code !== undefined) fail(`A file of ${size} bytes is refused with ${code}.`)
    if (fieldOf(entry, 'method') === 'MULTIPART') {
      await requestAbortUploads(subject, [fieldOf(entry, 'token')])
      return undefined
    }
    return fail(
      `The server sends a file of ${size} bytes in one request. Name a larger size that it sends in parts (--multipart-size), or leave the level out of --level.`,
    )
  },
}

/** That the level downloads is there, for the user's own files. */
export const downloadsOffered: ConformanceRule = {
  id: 'downloads-offered',
  level: 'downloads',
  title: "offers the level, for the user's own files",
  section,
  says,
  isGate: true,
  async run(subject) {
    await requireOffer('downloads', subject)
    const { receipt } = (await uploadOne(subject)).completed
    const code = codeOf((await requestSignDownloads(subject, [{ receipt }]))[0])
    if (code !== 'forbidden') return undefined
    return fail(
      'The user may not download a file of their own (forbidden). Let the user of this suite do so (authorizeDownload), or leave the level out of --level.',
    )
  },
}

async function requireOffer(level: ConformanceLevel, subject: Subject): Promise<void> {
  for (const operation of conformanceLevels[level]) {
    const body = { operation, token: 'v1.x', parts: [{ partNumber: 1 }], files: [{ key: 'x' }] }
    const code = codeOf((await subject.ask({ body })).json)
    if (code !== 'unsupported-operation') continue
    fail(
      `The endpoint does not offer the level ${level}: it answers ${operation} with ${code}. Leave the level out of --level.`,
    )
  }
}
