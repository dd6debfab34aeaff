import type { RawMultipart, RawSignatures } from '../../server/sign-raw.js'
import { runSixWide } from './six-wide.js'
import type { Upload } from './subject.js'

type Task = () => Promise<void>

/** The limit: a hand-written loop over six connections, with nothing left to sign, plan or show. */
export const upload: Upload = async (files, { signatures, onFileComplete }) => {
  if (!signatures) throw new Error('The loop needs its signatures beforehand.')
  const tasks = files.flatMap((file, index): Task[] => {
    const multipart = signatures.multipart[index]
    const complete = () => onFileComplete(file)
    if (multipart) return partTasks(file, multipart, complete)
    return [() => postFile(file, { form: signatures.form, index }).then(complete)]
  })
  await runSixWide(tasks)
}

async function postFile(
  file: File,
  { form, index }: { form: RawSignatures['form']; index: number },
): Promise<void> {
  const body = new FormData()
  body.append('key', `${form.prefix}${index}`)
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value)
  body.append('file', file)
  await send(form.url, { method: 'POST', body })
}

function partTasks(file: File, multipart: RawMultipart, complete: () => void): Task[] {
  const { partSizeBytes, partUrls, completeUrl } = multipart
  const etags: string[] = []
  let left = partUrls.length
  return partUrls.map((url, index) => async () => {
    const start = index * partSizeBytes
    const body = file.slice(start, start + partSizeBytes)
    const response = await send(url, { method: 'PUT', body })
    etags[index] = response.headers.get('etag') ?? ''
    left -= 1
    if (left > 0) return
    await send(completeUrl, { method: 'POST', body: completion(etags) })
    complete()
  })
}

function completion(etags: readonly string[]): string {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  )
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
  return response
}
