import { noteWrite } from './clean-up.js'
import type { Doctor } from './doctor.js'
import { sampleText } from './sample.js'

/** Stores the sample with the server's own key, for checks that read; `undefined` where that is refused. */
export async function storedSample(doctor: Doctor): Promise<string | undefined> {
  const { bucket, folder, stored } = doctor
  const key = `${folder}stored.txt`
  if (stored.has(key)) return key
  const headers = { 'content-type': 'text/plain' }
  const answer = await noteWrite(doctor, key, () =>
    bucket.send({ method: 'PUT', key, headers, body: sampleText }),
  )
  if (!answer.isSuccess) return undefined
  stored.add(key)
  return key
}
