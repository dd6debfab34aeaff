import type { DoctorCheck } from '../examination/doctor.js'

const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/

/** A page of https may not send to http, except to its own machine. */
export const mixedContentCheck: DoctorCheck = {
  name: 'mixed-content',
  title: 'page and bucket speak protocols that go together',
  async run({ config, pages, origin }) {
    const { protocol, hostname, host } = pages.url()
    const isBlocked =
      origin.startsWith('https:') && protocol === 'http:' && !loopback.test(hostname)
    if (!isBlocked) return {}
    const variable = config.publicEndpoint ? 'S3_PUBLIC_ENDPOINT' : 'AWS_ENDPOINT_URL_S3'
    return {
      findings: [
        {
          id: 'mixed-content',
          problem: `The page is https and the bucket is http: ${origin} → http://${host}.`,
          reason: 'Browsers block such requests as mixed content, and every upload fails.',
          fix: {
            text: 'Serve the bucket over https, and set its address.',
            command: `${variable}=https://${new URL(pages.location.endpoint ?? '').host}`,
          },
        },
      ],
    }
  },
}
