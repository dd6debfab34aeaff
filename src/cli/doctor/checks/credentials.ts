import type { DoctorCheck } from '../examination/doctor.js'

/** Fetches the key that everything else is signed with; `examine` explains why there is none. */
export const usableCredentialsCheck: DoctorCheck = {
  name: 'credentials',
  title: 'there are credentials to sign with',
  async run({ bucket }) {
    await bucket.credentials()
    return {}
  },
}
