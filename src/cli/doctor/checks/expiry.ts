import { presignUrl } from '../../../sigv4/presign-url.js'
import { isForeign } from '../../bucket/judge-answer.js'
import type { DoctorCheck } from '../examination/doctor.js'
import { foreignAnswerFinding } from '../examination/foreign-answer-finding.js'
import { sampleText } from '../examination/sample.js'
import { storedSample } from '../examination/stored-sample.js'

/** Uses a URL that ended a while ago. */
export const expiryCheck: DoctorCheck = {
  name: 'expiry',
  title: 'a signature that has expired is refused',
  async run(doctor) {
    const { pages, terminal } = doctor
    const key = await storedSample(doctor)
    if (key === undefined) return { notes: ['Nothing could be stored that could be asked for.'] }
    const now = new Date(terminal.now().getTime() - 10 * 60_000)
    const url = presignUrl(
      { method: 'GET', url: pages.url(key), expiresInSeconds: 60 },
      { credentials: await pages.credentials(), region: pages.location.region, now },
    )
    const answer = await pages.sendUnsigned(url)
    if (isForeign(answer)) {
      return { findings: [foreignAnswerFinding(answer, 'GetObject by an expired URL', doctor)] }
    }
    if (answer.body !== sampleText) return {}
    return {
      findings: [
        {
          id: 'expiry',
          problem: 'The storage accepted a URL that had expired nine minutes before.',
          reason: 'Whoever sees a URL once can use it for ever.',
          fix: { text: 'Set the clock of the storage, or do not use it for private files.' },
        },
      ],
    }
  },
}
