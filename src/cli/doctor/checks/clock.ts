import { bucketUrl } from '../../../s3/endpoint.js'
import { networkReason, networkRemedy } from '../../command-line/network-failure.js'
import type { CheckOutcome, Doctor, DoctorCheck } from '../examination/doctor.js'

/** S3 refuses more than 15 minutes; less makes signatures live shorter than they should. */
const maxSkewMs = 5 * 60_000

/** Compares this machine's clock with that of the storage, which also shows whether there is one. */
export const clockCheck: DoctorCheck = {
  name: 'clock',
  title: 'the endpoint answers, and its clock agrees with this one',
  async run(doctor) {
    const { origin } = bucketUrl({ ...doctor.bucket.location, forcePathStyle: true })
    const sentAt = doctor.terminal.now().getTime()
    let date: string | null
    try {
      const { headers } = await doctor.bucket.sendUnsigned(`${origin}/`)
      date = headers.get('date')
    } catch (error) {
      return unreachable(origin, error)
    }
    if (date === null) return { notes: ['The storage does not tell its time.'] }
    const here = (sentAt + doctor.terminal.now().getTime()) / 2
    return judge(Date.parse(date) - here, doctor)
  },
}

function judge(skewMs: number, { terminal }: Doctor): CheckOutcome {
  if (!(Math.abs(skewMs) > maxSkewMs)) return {}
  const minutes = Math.round(Math.abs(skewMs) / 60_000)
  const direction = skewMs > 0 ? 'behind' : 'ahead of'
  return {
    isFatal: true,
    findings: [
      {
        id: 'clock',
        problem: `This machine's clock (${terminal.now().toISOString()}) is ${minutes} minutes ${direction} that of the storage.`,
        reason:
          'Signatures carry the time of the server that makes them: they expire early, and S3 refuses those that are off by more than 15 minutes.',
        fix: {
          text: 'Set the clock by NTP; a virtual machine that slept has to be told.',
          command: 'sudo timedatectl set-ntp true',
        },
      },
    ],
  }
}

function unreachable(origin: string, error: unknown): CheckOutcome {
  return {
    isFatal: true,
    findings: [
      {
        id: 'unreachable',
        problem: `${origin} gives no answer: ${networkReason(error)}.`,
        reason: 'The server cannot ask the storage for anything, nor can a browser.',
        fix: {
          text: `Check AWS_ENDPOINT_URL_S3 and AWS_REGION. ${networkRemedy(error) ?? 'Look at the network between.'}`,
        },
      },
    ],
  }
}
