import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { toNodeListener } from 's3-direct-upload/server/node'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { credentials, file } from '../server/handler-setup.js'
import { createPair } from '../server/multipart-setup.js'
import type { RawRequest } from './hostile-connection.js'

/** A server that hostile connections go to. */
export interface ConnectionTarget {
  readonly name: 'handler' | 's3'
  readonly port: number
  /** Honest requests, which plans begin with. */
  readonly requests: readonly [RawRequest, ...RawRequest[]]
  /** What is wrong with the server now, if anything is. */
  faults(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Starts the signing handler behind `toNodeListener`. */
export async function openHandlerTarget(): Promise<ConnectionTarget> {
  const reported: unknown[] = []
  const pair = createPair({ options: { onError: (error) => reported.push(error) } })
  const server = createServer(toNodeListener(pair.handler))
  const port = await listen(server)
  const headers = { host: `127.0.0.1:${port}`, 'content-type': 'application/json' }
  const { token } = await pair.upload()
  const bodies = [
    { operation: 'sign-uploads', files: [file()] },
    { operation: 'sign-uploads', files: Array.from({ length: 100 }, () => file()) },
    { operation: 'list-parts', token },
    { operation: 'abort-uploads', tokens: ['v1.a.b'] },
  ].map((body) => JSON.stringify(body))
  const requestOf = (body: string): RawRequest => ({ method: 'POST', target: '/', headers, body })
  const [first = '', ...others] = bodies
  return {
    name: 'handler',
    port,
    requests: [requestOf(first), ...others.map(requestOf)],
    async faults() {
      const response = await fetch(`http://127.0.0.1:${port}`, {
        method: 'POST',
        headers,
        body: first,
      })
      const answer = await response.text()
      const isAnswered = response.status === 200 && answer.includes('"policy"')
      return [
        ...(isAnswered ? [] : [`an honest request is answered with ${response.status} ${answer}`]),
        ...(await openConnections(server)),
        ...reported.splice(0).map((error) => `reported: ${error}`),
      ]
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Starts a test S3 on a directory. */
export async function openS3Target(): Promise<ConnectionTarget> {
  const directory = await mkdtemp(join(tmpdir(), 'fuzz-'))
  const failures: string[] = []
  const s3 = await startTestS3({
    buckets: ['photos'],
    credentials,
    directory,
    onRequest: ({ status, error }) => {
      // Where the client has gone, there is nobody whom the status could reach.
      if (status === 500) failures.push(`${error?.message} ${(error?.cause as Error)?.stack}`)
    },
  })
  const aws = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' })
  const signed = async (method: string, target: string, body = ''): Promise<RawRequest> => {
    const url = `${s3.url}/${target}`
    const { url: presigned } = await aws.sign(url, { method, aws: { signQuery: true } })
    const headers = { host: new URL(url).host }
    return { method, target: presigned.slice(s3.url.length), headers, body }
  }
  const put = await signed('PUT', 'photos/a', 'hello')
  return {
    name: 's3',
    port: s3.port,
    requests: [
      put,
      await signed('PUT', 'photos/large', 'x'.repeat(100_000)),
      await signed('GET', 'photos/a'),
      await signed('POST', 'photos/b?uploads'),
      await signed('GET', 'photos?list-type=2'),
      {
        ...put,
        target: '/photos',
        method: 'POST',
        body: form,
        headers: { ...put.headers, ...formType },
      },
    ],
    async faults() {
      const { url } = await aws.sign(`${s3.url}/photos/a`, {
        method: 'PUT',
        aws: { signQuery: true },
      })
      const { status } = await fetch(url, { method: 'PUT', body: 'hello' })
      // What is still at work for clients that have left comes to its end before.
      await s3.close()
      const left = await readdir(join(directory, '.s3-direct-upload/incoming'))
      return [
        ...(status === 200 ? [] : [`an honest request is answered with ${status}`]),
        ...(left.length === 0 ? [] : [`${left.length} files of bodies are left`]),
        ...failures.splice(0),
      ]
    },
    async close() {
      await s3.close()
      await rm(directory, { recursive: true })
    },
  }
}

const formType = { 'content-type': 'multipart/form-data; boundary=x' }
const form = [
  '--x\r\ncontent-disposition: form-data; name="key"\r\n\r\na',
  '--x\r\ncontent-disposition: form-data; name="policy"\r\n\r\ne30=',
  '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhello',
  '--x--\r\n',
].join('\r\n')

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has such an address.
  return (server.address() as AddressInfo).port
}

/** Those of clients that have left; the one of the honest request stays for the next. */
async function openConnections(server: Server): Promise<readonly string[]> {
  const count = await new Promise<number>((resolve, reject) =>
    server.getConnections((error, open) => (error ? reject(error) : resolve(open))),
  )
  return count <= 1 ? [] : [`${count} connections are open`]
}
