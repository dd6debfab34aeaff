import { demandsChecksum } from '../../../s3/error-codes.js'
import { isSuccess } from '../../../s3-client/s3-answer.js'
import { noteWrite } from './clean-up.js'
import type { Doctor } from './doctor.js'
import { sampleChecksum, sampleText, sampleType } from './sample.js'

/** Stores the sample with the server's own key, for checks that read; `undefined` where that is refused. */
export async function storedSample(doctor: Doctor): Promise<string | undefined> {
  const { bucket, folder, stored } = doctor
  const key = `${folder}stored.txt`
  if (stored.has(key)) return key
  const headers = { 'content-type': sampleType }
  const put = (more: Readonly<Record<string, string>> = {}) =>
    noteWrite(doctor, key, () =>
      bucket.send({ method: 'PUT', key, headers: { ...headers, ...more }, body: sampleText }),
    )
  const plain = await put()
  const answer = demandsChecksum(plain.error) ? await put(sampleChecksum()) : plain
  if (!isSuccess(answer)) return undefined
  stored.add(key)
  return key
}
