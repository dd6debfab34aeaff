import { connect } from 'node:net'
import type {
  FileDescription,
  SignedMultipart,
  SignedPost,
  SignedPut,
} from '../../src/protocol/operations.js'
import { type AttackTarget, inParts } from './attack-target.js'

/** What an honest page is given for a form. */
export async function signForm(
  target: AttackTarget,
  description: Partial<FileDescription> = {},
): Promise<SignedPost> {
  const signed = await target.sign(description)
  if (signed.method === 'POST') return signed
  throw new Error('The upload is no form.')
}

/** What an honest page is given for a PUT. */
export async function signPut(
  target: AttackTarget,
  description: Partial<FileDescription> = {},
): Promise<SignedPut> {
  const signed = await target.sign(description, { path: '/put' })
  if (signed.method === 'PUT') return signed
  throw new Error('The upload is no PUT.')
}

/** What an honest page is given for a file of two parts. */
export async function signParts(target: AttackTarget) {
  const signed = await target.sign(inParts)
  if (signed.method !== 'MULTIPART') throw new Error('The upload is not in parts.')
  const [first, second] = (signed satisfies SignedMultipart).parts ?? []
  if (first === undefined || second === undefined) throw new Error('The parts are not signed.')
  return { ...signed, first, second }
}

/** Announces a length and sends more than that on the same connection; waits until the server has closed it. */
export async function sendSurplus(
  url: string,
  headers: Readonly<Record<string, string>>,
  { announced, sent }: { readonly announced: number; readonly sent: number },
): Promise<void> {
  const { host, hostname, port, pathname, search } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [
    `PUT ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    `content-length: ${announced}`,
    'connection: close',
    ...lines,
  ]
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.write(new Uint8Array(sent))
    })
    socket.resume().once('close', () => resolve())
    // A server that refuses the surplus may reset the connection.
    socket.once('error', () => {})
  })
}

/** Downloads a file that an honest page may have. */
export async function getDownload(target: AttackTarget, file: object): Promise<Response> {
  const answer = await target.send({ operation: 'sign-downloads', files: [file] })
  const [signed] = JSON.parse(answer.body).files
  if (typeof signed.url === 'string') return fetch(signed.url)
  throw new Error(`An honest download was refused: ${answer.body}`)
}
