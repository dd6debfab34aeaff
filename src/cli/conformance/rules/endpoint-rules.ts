import { networkReason, networkRemedy } from '../../command-line/network-failure.js'
import { type ConformanceRule, fail } from '../client/conformance-rule.js'
import { codeOf, fieldOf } from '../client/expectations.js'
import { endpointOf, explainRefusedSuite, explainStranger } from '../client/refused-suite.js'
import type { EndpointAnswer, Subject } from '../client/subject.js'
import { newFile } from '../client/uploads.js'

/** That there is an endpoint, and a bucket behind it: without them no other rule says anything. */
export const endpointRules: readonly ConformanceRule[] = [
  {
    id: 'endpoint',
    level: 'core',
    title: 'answers at this URL, and signs a small file',
    section: 'sign-uploads',
    says: 'The answer has one entry per file.',
    isGate: true,
    async run(subject) {
      const answer = await askOnce(subject)
      if (answer.status !== 200) fail(explainRefusedSuite(answer, subject))
      const files = fieldOf(answer.json, 'files')
      if (!Array.isArray(files)) return fail(explainStranger(answer, subject))
      if (codeOf(files[0]) !== undefined)
        fail(explainRefusedSuite({ ...answer, json: files[0] }, subject))
      return undefined
    },
  },
  {
    id: 'bucket',
    level: 'core',
    title: 'signs for a bucket that can be reached from here',
    section: 'sign-uploads',
    says: 'The browser sends the file to url.',
    isGate: true,
    async run(subject) {
      const { json } = await askOnce(subject)
      const url = fieldOf([fieldOf(json, 'files')].flat()[0], 'url')
      // Another rule says what is wrong with an answer without a URL.
      if (typeof url !== 'string' || !URL.canParse(url)) return undefined
      await reach(new URL(url), subject)
      return undefined
    },
  },
]

async function askOnce(subject: Subject): Promise<EndpointAnswer> {
  try {
    return await subject.ask({
      body: { operation: 'sign-uploads', attempt: 1, files: [newFile(subject)] },
    })
  } catch (error) {
    subject.signal.throwIfAborted()
    const remedy = networkRemedy(error) ?? 'Name the whole URL of the endpoint.'
    return fail(`${endpointOf(subject)} gives no answer: ${networkReason(error)}. ${remedy}`)
  }
}

/** Any answer will do; only its host is named, since the rest of the URL is signed. */
async function reach({ origin, host }: URL, subject: Subject): Promise<void> {
  try {
    const response = await subject.askBucket(new Request(`${origin}/`, { method: 'HEAD' }))
    await response.body?.cancel()
  } catch (error) {
    subject.signal.throwIfAborted()
    fail(
      `The bucket is at ${host}, which cannot be reached from here: ${networkReason(error)}. ` +
        'Have the server sign for an address that browsers reach too, or run this where they are.',
    )
  }
}
