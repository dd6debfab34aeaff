import type { CheckOutcome, Doctor, DoctorCheck } from '../examination/doctor.js'
import type { Finding } from '../examination/finding.js'
import { accessCheck } from './access.js'
import { clockCheck } from './clock.js'

/** Looks whether the address that pages are given leads to the same bucket. */
export const publicEndpointCheck: DoctorCheck = {
  name: 'public-endpoint',
  title: 'the public endpoint leads to the bucket',
  appliesTo: ({ config }) => config.publicEndpoint !== undefined,
  async run(doctor) {
    const { publicEndpoint: endpoint, ...config } = doctor.config
    const atPages: Doctor = { ...doctor, config: { ...config, endpoint }, bucket: doctor.pages }
    const answered = await clockCheck.run(atPages)
    if (answered.isFatal) return aboutPages(answered)
    return aboutPages(await accessCheck.run(atPages))
  },
}

/** The findings are those of any endpoint, but the variable is another one. */
function aboutPages({ findings = [], ...outcome }: CheckOutcome): CheckOutcome {
  return { ...outcome, findings: findings.map(nameVariable) }
}

function nameVariable(finding: Finding): Finding {
  const { problem, fix } = finding
  const renamed = (text: string) => text.replaceAll('AWS_ENDPOINT_URL_S3', 'S3_PUBLIC_ENDPOINT')
  return {
    ...finding,
    problem: `At the public endpoint: ${problem}`,
    fix: {
      ...fix,
      text: renamed(fix.text),
      ...(fix.command !== undefined && { command: renamed(fix.command) }),
    },
  }
}
