import { beforeEach, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { keepAwake } from '../../src/uppy/keep-awake.js'

const settled = () => new Promise((resolve) => setTimeout(resolve, 150))
const wakeLock = { held: 0, asked: 0, isForbidden: false }

beforeEach(() => {
  Object.assign(wakeLock, { held: 0, asked: 0, isForbidden: false })
  const request = async () => {
    wakeLock.asked += 1
    if (wakeLock.isForbidden) throw new DOMException('Not now.', 'NotAllowedError')
    wakeLock.held += 1
    const release = async () => {
      wakeLock.held -= 1
    }
    return { release }
  }
  vi.stubGlobal('navigator', { wakeLock: { request } })
})

function setUp({ isWanted = true } = {}) {
  const store = new UploadStore(systemRuntime)
  const facts = { name: 'a', type: '', size: 5, metadata: {} }
  store.add([{ ...facts, id: 'a', uploadId: 'u-a' }])
  const options = { isWanted }
  const end = keepAwake(store, { isWanted: () => options.isWanted })
  return { store, end, options }
}

it('holds the screen on while a file is under way, and lets go when none is', async () => {
  const { store } = setUp()
  await settled()
  expect(wakeLock.asked).toBe(0)

  store.setState('a', { status: 'waiting' })
  await settled()
  store.setState('a', { status: 'uploading' })
  await settled()
  expect(wakeLock).toMatchObject({ asked: 1, held: 1 })

  store.setState('a', { status: 'paused' })
  await settled()
  expect(wakeLock.held).toBe(0)
})

it('asks again when the page is in front once more', async () => {
  const { store } = setUp()
  store.setState('a', { status: 'uploading' })
  await settled()
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(wakeLock.held).toBe(0)

  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()

  expect(wakeLock.held).toBe(1)
})

it('lets go at the end', async () => {
  const { store, end } = setUp()
  store.setState('a', { status: 'uploading' })
  await settled()

  end()
  await settled()

  expect(wakeLock.held).toBe(0)
  store.setState('a', { status: 'waiting' })
  await settled()
  expect(wakeLock.asked).toBe(1)
})

it('asks for nothing that is not wanted, and takes no for an answer', async () => {
  const { store, options } = setUp({ isWanted: false })
  store.setState('a', { status: 'uploading' })
  await settled()
  expect(wakeLock.asked).toBe(0)

  wakeLock.isForbidden = true
  options.isWanted = true
  store.setState('a', { status: 'finishing' })
  await settled()

  expect(wakeLock).toMatchObject({ asked: 1, held: 0 })
})

it('works where the browser cannot do it', async () => {
  vi.stubGlobal('navigator', {})
  const { store } = setUp()

  store.setState('a', { status: 'uploading' })

  await settled()
  expect(store.get('a')?.status).toBe('uploading')
})
