import { describe, expect, it, vi } from 'vitest'
import { type Runtime, systemRuntime } from '../../../../src/async/runtime.js'
import { readDroppedFiles } from '../../../../src/react/hooks/choosing/dropped-files.js'
import { handleOf } from '../../../../src/upload/store/file-handles.js'
import type { AddableFile } from '../../../../src/uppy/intake/addable-file.js'

type Tree = { [name: string]: Tree | File | 'unreadable' | 'silent' }

/** A drop of files and folders as browsers hand it over: a folder's entries come in batches of 100. */
function drop(tree: Tree, handle?: (name: string) => Promise<object | null>): DataTransfer {
  const items = Object.entries(tree).map(([name, node]) => ({
    kind: 'file',
    getAsFile: () => (node instanceof File ? node : new File([], name)),
    webkitGetAsEntry: () => entryOf(name, node),
    ...(handle && { getAsFileSystemHandle: () => handle(name) }),
  }))
  return { items } as unknown as DataTransfer
}

function entryOf(name: string, node: Tree[string]): object {
  if (node === 'silent') return { name, isDirectory: false, file: () => {} }
  if (node === 'unreadable') {
    return {
      name,
      isDirectory: false,
      file: (_: unknown, fail: (e: Error) => void) => fail(new Error()),
    }
  }
  if (node instanceof File) {
    return { name, isDirectory: false, file: (found: (file: File) => void) => found(node) }
  }
  const children = Object.entries(node).map(([childName, child]) => entryOf(childName, child))
  return {
    name,
    isDirectory: true,
    createReader: () => {
      const left = [...children]
      return { readEntries: (found: (e: object[]) => void) => found(left.splice(0, 100)) }
    },
  }
}

const file = (name: string) => new File(['x'], name)

async function readDrop(transfer: DataTransfer, runtime: Runtime = systemRuntime) {
  const slices: (readonly AddableFile[])[] = []
  const counts: number[] = []
  const rest = await readDroppedFiles(transfer, {
    runtime,
    onFiles: (files) => slices.push(files),
    onCount: (count) => counts.push(count),
  })
  return { ...rest, files: slices.flat(), slices, counts }
}

it('takes all 250 files of a folder', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `${index}.txt`)
  const folder = Object.fromEntries(names.map((name) => [name, file(name)]))

  const { files } = await readDrop(drop({ folder }))

  expect(files.map(({ relativePath }) => relativePath)).toEqual(
    names.map((name) => `folder/${name}`),
  )
})

it('keeps the path of files in folders of folders', async () => {
  const dropped = drop({ trip: { day1: { 'a.jpg': file('a.jpg') } }, 'b.jpg': file('b.jpg') })

  const { files } = await readDrop(dropped)

  expect(files.map((found) => [found.file.name, found.relativePath])).toEqual([
    ['a.jpg', 'trip/day1/a.jpg'],
    ['b.jpg', undefined],
  ])
})

it('names what lies on a drive that does not answer, after ten seconds in all, and takes the rest', async () => {
  vi.useFakeTimers()
  const share = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [`${index}.txt`, 'silent' as const]),
  )
  const reading = readDrop(drop({ share, 'fine.txt': file('fine.txt') }))

  await vi.advanceTimersByTimeAsync(10_500)

  const { files, unreadable } = await reading
  expect(files).toHaveLength(1)
  expect(unreadable).toHaveLength(5)
  vi.useRealTimers()
})

it('names what cannot be read and takes the rest', async () => {
  const dropped = drop({ folder: { broken: 'unreadable', 'fine.txt': file('fine.txt') } })

  const { files, unreadable } = await readDrop(dropped)

  expect(files).toHaveLength(1)
  expect(unreadable).toEqual(['folder/broken'])
})

it('takes plain files where the browser knows no entries', async () => {
  const item = { kind: 'file', getAsFile: () => file('a.txt') }
  const text = { kind: 'string', getAsFile: () => null }

  const { files } = await readDrop({ items: [item, text] } as unknown as DataTransfer)

  expect(files.map((found) => found.file.name)).toEqual(['a.txt'])
})

describe('the handle of a dropped file', () => {
  it('is kept, and asked for in the event itself', async () => {
    const dropped = file('a.txt')
    const handle = { kind: 'file', name: 'a.txt' }
    const ask = vi.fn(async () => handle)

    const reading = readDrop(drop({ 'a.txt': dropped }, ask))

    expect(ask).toHaveBeenCalledOnce()
    await reading
    await expect.poll(() => handleOf(dropped)).toBe(handle)
  })

  it.each([
    ['the browser has none', undefined],
    ['the browser refuses it', async () => Promise.reject(new DOMException('', 'AbortError'))],
    ['it is none of a file', async () => ({ kind: 'directory', name: 'a.txt' })],
    ['there is none', async () => null],
  ])('is done without when %s', async (_, ask) => {
    const dropped = file('a.txt')

    const { files } = await readDrop(drop({ 'a.txt': dropped }, ask))

    expect(files).toEqual([{ file: dropped }])
    expect(handleOf(dropped)).toBeUndefined()
  })

  it('is not waited for', async () => {
    const never = () => new Promise<null>(() => {})

    const { files } = await readDrop(drop({ 'a.txt': file('a.txt') }, never))

    expect(files).toHaveLength(1)
  })
})

it('leaves out what the system keeps in folders, but not what was dropped by itself', async () => {
  const system = ['.DS_Store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '._a.txt', '~$a.docx']
  const names = [...system, '.env', 'a.txt']
  const folder = Object.fromEntries(names.map((name) => [name, file(name)]))
  const __MACOSX = { '._b.txt': file('._b.txt'), 'c.txt': file('c.txt') }

  const { files, unreadable } = await readDrop(
    drop({ folder: { ...folder, __MACOSX }, '.DS_Store': file('.DS_Store') }),
  )

  expect(files.map((found) => found.relativePath ?? found.file.name)).toEqual([
    'folder/.env',
    'folder/a.txt',
    '.DS_Store',
  ])
  expect(unreadable).toEqual([])
})

describe('a drop that gives no file says why', () => {
  it.each([
    ['an empty folder', { empty: {} }, { reason: 'folder-empty', names: ['empty'] }],
    ['two of them', { a: {}, b: {} }, { reason: 'folder-empty', names: ['a', 'b'] }],
    ['folders without files', { a: { b: {} } }, { reason: 'nothing-to-upload', names: ['a'] }],
    [
      'a folder with system files alone',
      { a: { '.DS_Store': file('.DS_Store') } },
      { reason: 'nothing-to-upload', names: ['a'] },
    ],
    ['nothing at all', {}, { reason: 'nothing-dropped', names: [] }],
  ])('%s', async (_, tree: Tree, expected) => {
    const { files, nothing } = await readDrop(drop(tree))

    expect(files).toEqual([])
    expect(nothing).toEqual(expected)
  })

  it('a mail whose file the browser does not get', async () => {
    const item = { kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => null }

    const { nothing } = await readDrop({ items: [item] } as unknown as DataTransfer)

    expect(nothing).toEqual({ reason: 'nothing-dropped', names: [] })
  })

  it('but not one that could not be read, which is said already', async () => {
    const { nothing, unreadable } = await readDrop(drop({ a: { b: 'unreadable' } }))

    expect(nothing).toBeUndefined()
    expect(unreadable).toEqual(['a/b'])
  })
})

it('hands on the first files of a folder while the others are looked for, each slice as large as all before', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `${index}.txt`)
  const folder = Object.fromEntries(names.map((name) => [name, file(name)]))

  const { slices, counts } = await readDrop(drop({ folder }), { ...systemRuntime, now: () => 0 })

  expect(slices.map(({ length }) => length)).toEqual([50, 50, 100, 200, 400, 200])
  expect(counts).toEqual([])
})

it('hands on what a slow drive gives each second, and counts it four times a second', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}.txt`)
  const folder = Object.fromEntries(names.map((name) => [name, file(name)]))
  let now = 0
  const runtime = {
    ...systemRuntime,
    now: () => {
      now += 40
      return now
    },
  }

  const { slices, counts } = await readDrop(drop({ folder }), runtime)

  expect(slices.length).toBeGreaterThan(0)
  expect(slices.flat()).toHaveLength(20)
  expect(counts.length).toBeGreaterThan(1)
})
