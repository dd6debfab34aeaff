import { type AttackFamily, ignoredIf } from '../attack.js'
import { fileOf, sendForm, sendPut } from '../attack-client.js'
import { inParts, mebibyte } from '../attack-target.js'
import { sendSurplus, signForm, signParts, signPut } from '../s3-sending.js'

const size = 1234
const bytes = (count: number) => new Uint8Array(count)

/** Sending, or announcing, other sizes than those that are allowed. */
export const sizes: AttackFamily = {
  name: 'sizes',
  attacks: [
    {
      tries: 'posts more than was signed',
      ends: 'S3 400 EntityTooLarge',
      attempt: async (target) => {
        const { url, fields } = await signForm(target, { size })
        return Promise.all([size + 1, mebibyte].map((count) => sendForm(url, fields, bytes(count))))
      },
    },
    {
      tries: 'posts less than was signed',
      ends: 'S3 400 EntityTooSmall',
      attempt: async (target) => {
        const { url, fields } = await signForm(target, { size })
        return Promise.all([size - 1, 0].map((count) => sendForm(url, fields, bytes(count))))
      },
    },
    {
      tries: 'puts more or less than was signed',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { url, headers } = await signPut(target, { size })
        const counts = [size + 1, mebibyte, size - 1, 0]
        return Promise.all(counts.map((count) => sendPut(url, headers, bytes(count))))
      },
    },
    {
      tries: 'puts parts that are bigger or smaller than planned',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { first, second } = await signParts(target)
        const sent = [
          { part: first, count: 5 * mebibyte + 1 },
          { part: first, count: 5 * mebibyte - 1 },
          { part: second, count: mebibyte + 1 },
          { part: second, count: 5 * mebibyte },
          { part: second, count: 0 },
        ]
        return Promise.all(
          sent.map(({ part, count }) => sendPut(part.url, part.headers, bytes(count))),
        )
      },
    },
    {
      tries: 'hides more bytes behind those whose length was signed',
      ends: 'ignored',
      attempt: async (target) => {
        const { url, headers, key } = await signPut(target, { size })
        await sendSurplus(url, headers, { announced: size, sent: 3 * size })
        const stored = await target.bucket.head(key).catch(() => undefined)
        return ignoredIf(stored === undefined || stored.size === size, 'more was stored')
      },
    },
    {
      tries: 'has a part signed that is not in the plan',
      ends: 'invalid-request',
      attempt: async (target) => {
        const { token } = await signParts(target)
        const sign = (parts: readonly object[]) => target.endingsOf('sign-parts', { token, parts })
        return [
          await sign([{ partNumber: 3 }]),
          await sign([{ partNumber: 1 }, { partNumber: 10_000 }]),
          await sign([{ partNumber: 10_001 }]),
          await sign([{ partNumber: 0 }]),
          await sign([{ partNumber: -1 }]),
          await sign([{ partNumber: 1.5 }]),
          await sign([{ partNumber: 2 ** 53 }]),
          await sign([{ partNumber: '1' }]),
          await sign(Array(101).fill({ partNumber: 1 })),
          await sign([]),
        ].flat()
      },
    },
    {
      tries: 'puts a further part to the URL of a signed one',
      ends: 'S3 403 SignatureDoesNotMatch',
      attempt: async (target) => {
        const { second } = await signParts(target)
        const url = second.url.replace('partNumber=2', 'partNumber=3')
        return sendPut(url, second.headers, bytes(mebibyte))
      },
    },
    {
      tries: 'announces a size that the rules forbid',
      ends: 'file-too-large',
      attempt: (target) => {
        const files = [1_000_001, mebibyte, 5 * 2 ** 30, 2 ** 53 - 1].map((size) =>
          fileOf({ size }),
        )
        return Promise.all(
          files.map((file) =>
            target.endingsOf('sign-uploads', { files: [file] }, { path: '/rules' }),
          ),
        ).then((endings) => endings.flat())
      },
    },
    {
      tries: 'begins more large files at the same moment than may be under way',
      ends: 'quota-exceeded',
      attempt: async (target) => {
        const sending = { path: '/few', user: 'greedy' } as const
        const begin = () => target.endingsOf('sign-uploads', { files: [fileOf(inParts)] }, sending)
        const endings = (await Promise.all(Array.from({ length: 8 }, begin))).flat()
        const firstGranted = endings.findIndex((ending) => ending !== 'quota-exceeded')
        return endings.toSpliced(firstGranted, 1)
      },
    },
    {
      tries: 'announces more than S3 can put together of 10,000 parts',
      ends: 'file-too-large',
      attempt: (target) => {
        const files = [10_000 * 5 * 2 ** 30 + 1, 2 ** 53 - 1].map((size) => fileOf({ size }))
        return target.endingsOf('sign-uploads', { files })
      },
    },
    {
      tries: 'announces a size that is none',
      ends: 'invalid-request',
      attempt: (target) => {
        const values = [-1, -0.5, 0.5, 2 ** 53, '1', null, [1], { valueOf: 1 }, true, undefined]
        return target.endingsOf('sign-uploads', {
          files: values.map((value) => ({ ...fileOf(), size: value })),
        })
      },
    },
    {
      tries: 'announces less than the rules want',
      ends: 'file-too-small',
      attempt: (target) => {
        const files = [0, 9].map((size) => fileOf({ size }))
        return target.endingsOf('sign-uploads', { files }, { path: '/rules' })
      },
    },
    {
      tries: 'sends more files than the rules allow',
      ends: 'too-many-files',
      attempt: (target) =>
        target.endingsOf(
          'sign-uploads',
          { files: Array.from({ length: 4 }, () => fileOf()) },
          { path: '/rules' },
        ),
    },
  ],
}
