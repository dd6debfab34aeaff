import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { credentials, presigned } from '../signed-requests.js'

let root = ''
let directory = ''
let outside = ''
let running: RunningTestS3[] = []

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'links-'))
  directory = join(root, 's3')
  outside = join(root, 'outside')
  await mkdir(outside)
  await writeFile(join(outside, 'b'), 'private')
})

afterEach(async () => {
  await Promise.all(running.map(({ close }) => close()))
  running = []
  await rm(root, { recursive: true })
})

describe('a link inside the directory', () => {
  it('in place of an object is not read, neither at once nor after a restart', async () => {
    const s3 = await start()
    await send(s3, 'PUT', 'a', '7 bytes')
    await rm(join(directory, 'photos/a'))
    await symlink(join(outside, 'b'), join(directory, 'photos/a'))
    const atOnce = await send(s3, 'GET', 'a')
    await s3.close()
    const later = await send(await start(), 'GET', 'a')

    expect([atOnce.status, later.status]).toEqual([404, 404])
  })

  it('in place of a folder is not read through', async () => {
    const s3 = await start()
    await send(s3, 'PUT', 'folder/b', '7 bytes')
    await replaceByLink('photos/folder')
    const atOnce = await send(s3, 'GET', 'folder/b')
    await s3.close()
    const later = await send(await start(), 'GET', 'folder/b')

    expect([atOnce.status, later.status]).toEqual([404, 404])
  })

  it('in place of an object is not written through: the object goes aside', async () => {
    const s3 = await start()
    await symlink(join(outside, 'b'), join(directory, 'photos/a'))
    await send(s3, 'PUT', 'a', 'mine')

    expect(await (await send(s3, 'GET', 'a')).text()).toBe('mine')
    expect(await readFile(join(outside, 'b'), 'utf8')).toBe('private')
    expect((await lstat(join(directory, 'photos/a'))).isSymbolicLink()).toBe(true)
  })

  it.each(['b', 'new', 'deep/new'])(
    'in place of a folder is not written through: %s',
    async (name) => {
      const s3 = await start()
      await symlink(outside, join(directory, 'photos/folder'))
      await send(s3, 'PUT', `folder/${name}`, 'mine')
      await s3.close()
      const second = await start()

      expect(await (await send(second, 'GET', `folder/${name}`)).text()).toBe('mine')
      expect(await readdir(outside)).toEqual(['b'])
      expect(await readFile(join(outside, 'b'), 'utf8')).toBe('private')
    },
  )

  it('that has come to the folder of an object is not written through when the object is replaced', async () => {
    const s3 = await start()
    await send(s3, 'PUT', 'folder/b', 'first')
    await replaceByLink('photos/folder')
    await send(s3, 'PUT', 'folder/b', 'second')

    expect(await (await send(s3, 'GET', 'folder/b')).text()).toBe('second')
    expect(await readFile(join(outside, 'b'), 'utf8')).toBe('private')
  })

  it('in place of a folder is not deleted through', async () => {
    const s3 = await start()
    await send(s3, 'PUT', 'folder/b', '7 bytes')
    await replaceByLink('photos/folder')
    const { status } = await send(s3, 'DELETE', 'folder/b')
    await s3.close()
    await start()

    expect(status).toBe(204)
    expect(await readFile(join(outside, 'b'), 'utf8')).toBe('private')
  })

  it('in place of an object leaves its target alone when the object is deleted', async () => {
    const s3 = await start()
    await send(s3, 'PUT', 'b', '7 bytes')
    await rm(join(directory, 'photos/b'))
    await symlink(join(outside, 'b'), join(directory, 'photos/b'))
    await send(s3, 'DELETE', 'b')

    expect(await readFile(join(outside, 'b'), 'utf8')).toBe('private')
  })

  it('in the folder of escaped keys is not written through', async () => {
    const s3 = await start()
    await symlink(outside, join(directory, 'photos/.escaped'))
    const { status } = await send(s3, 'PUT', 'a//b', 'mine')

    expect(status).toBe(500)
    expect(await readdir(outside)).toEqual(['b'])
  })

  it.each([
    'photos',
    '.s3-direct-upload',
    '.s3-direct-upload/buckets',
    '.s3-direct-upload/incoming',
  ])('in place of "%s" is refused at the start, and named', async (path) => {
    await (await start()).close()
    await rename(join(directory, path), join(root, 'moved'))
    await symlink(join(root, 'moved'), join(directory, path))

    await expect(start()).rejects.toThrow(`${path}" is a link`)
  })

  it('in place of a record is refused at the start, and named', async () => {
    await (await start()).close()
    const record = '.s3-direct-upload/buckets/photos/bucket.json'
    await rename(join(directory, record), join(root, 'moved'))
    await symlink(join(root, 'moved'), join(directory, record))

    await expect(start()).rejects.toThrow('bucket.json" is a link')
  })

  it('in place of a new bucket is not written through', async () => {
    const s3 = await start()
    await symlink(outside, join(directory, 'other'))
    const { status } = await send(s3, 'PUT', '../other')

    expect(status).toBe(500)
    expect(await readdir(outside)).toEqual(['b'])
  })

  it('in place of an upload is not written through', async () => {
    const s3 = await start()
    const creation = await (await send(s3, 'POST', 'large?uploads')).text()
    const uploadId = /<UploadId>(\w+)/.exec(creation)?.[1]
    await replaceByLink(`.s3-direct-upload/buckets/photos/uploads/${uploadId}`)
    const { status } = await send(s3, 'PUT', `large?partNumber=1&uploadId=${uploadId}`, 'part')

    expect(status).toBe(500)
    expect(await readdir(outside)).toEqual(['b'])
  })

  it('above the directory is followed, because that is where the directory is', async () => {
    await symlink(outside, join(root, 'elsewhere'))
    const s3 = await start(join(root, 'elsewhere', 's3'))
    await send(s3, 'PUT', 'a', 'mine')

    expect(await readFile(join(outside, 's3/photos/a'), 'utf8')).toBe('mine')
  })
})

describe('a folder of others', () => {
  it('in the place of a file sends the object aside', async () => {
    const s3 = await start()
    await mkdir(join(directory, 'photos/a/of-others'), { recursive: true })
    const { status } = await send(s3, 'PUT', 'a', 'mine')

    expect(status).toBe(200)
    expect(await (await send(s3, 'GET', 'a')).text()).toBe('mine')
  })

  it('with a file in the place of a folder sends the object aside', async () => {
    const s3 = await start()
    await writeFile(join(directory, 'photos/a'), 'of others')
    await send(s3, 'PUT', 'a/b', 'mine')

    expect(await (await send(s3, 'GET', 'a/b')).text()).toBe('mine')
    expect(await readFile(join(directory, 'photos/a'), 'utf8')).toBe('of others')
  })
})

async function start(path = directory): Promise<RunningTestS3> {
  const s3 = await startTestS3({ buckets: ['photos'], credentials, directory: path })
  running.push(s3)
  return s3
}

async function send(
  s3: RunningTestS3,
  method: string,
  target: string,
  body?: string,
): Promise<Response> {
  const { url } = await presigned(s3, method, target)
  return fetch(url, { method, body: body && new TextEncoder().encode(body) })
}

/** Moves a folder away and has a link to the outside in its place. */
async function replaceByLink(path: string): Promise<void> {
  await rename(join(directory, path), join(root, 'moved'))
  await symlink(outside, join(directory, path))
}
