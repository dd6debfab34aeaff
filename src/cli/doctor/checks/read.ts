import type { Check } from '../doctor.js'
import { refusalFinding } from '../permission.js'
import { sampleText } from '../sample.js'
import { storedSample } from '../stored-sample.js'

/** Looks at a stored object as the server does before it believes an upload. */
export const readCheck: Check = {
  name: 'read',
  title: 'HEAD and GET of a stored object',
  async run(doctor) {
    const key = await storedSample(doctor)
    if (key === undefined) return { notes: ['Nothing could be stored that could be read.'] }
    const reason = 'The server looks at each object that a page says it has stored.'
    const action = 's3:GetObject'
    const head = await doctor.bucket.send({ method: 'HEAD', key })
    if (!head.isSuccess) {
      return {
        findings: [refusalFinding(head, { operation: 'HeadObject', action, reason }, doctor)],
      }
    }
    const get = await doctor.bucket.send({ method: 'GET', key })
    if (!get.isSuccess) {
      return { findings: [refusalFinding(get, { operation: 'GetObject', action, reason }, doctor)] }
    }
    if (get.body === sampleText) return {}
    return {
      findings: [
        {
          id: 'changed-content',
          problem: 'What is read is not what was stored.',
          reason: 'Files come back damaged.',
          fix: { text: 'Look for a proxy that changes bodies between here and the storage.' },
        },
      ],
    }
  },
}
