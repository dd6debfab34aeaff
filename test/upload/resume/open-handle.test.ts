import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { openHandle } from '../../../src/upload/resume/open-handle.js'
import { handleOf } from '../../../src/upload/store/file-handles.js'

const file = () => new File(['hello'], 'hello.txt')

/** A handle as browsers give one out, with what the person has permitted and answers. */
function handleTo(
  found: () => Promise<File>,
  { state, answer = 'denied' }: { state?: PermissionState; answer?: PermissionState } = {},
) {
  const permission = state && {
    queryPermission: vi.fn(async () => state),
    requestPermission: vi.fn(async () => answer),
  }
  const handle = { kind: 'file', name: 'hello.txt', getFile: found, ...permission }
  return Object.assign(handle as unknown as FileSystemFileHandle, permission)
}

describe('a handle', () => {
  it('opens the file and is remembered for it', async () => {
    const found = file()
    const handle = handleTo(async () => found)

    expect(await openHandle(handle, systemRuntime)).toBe(found)
    expect(handleOf(found)).toBe(handle)
  })

  it('asks for nothing that is permitted already', async () => {
    const found = file()
    const handle = handleTo(async () => found, { state: 'granted' })

    expect(await openHandle(handle, systemRuntime)).toBe(found)
    expect(handle.requestPermission).not.toHaveBeenCalled()
  })

  it('asks to read after a reload', async () => {
    const found = file()
    const handle = handleTo(async () => found, { state: 'prompt', answer: 'granted' })

    expect(await openHandle(handle, systemRuntime)).toBe(found)
    expect(handle.requestPermission).toHaveBeenCalledWith({ mode: 'read' })
  })

  it('opens nothing when its drive does not answer', async () => {
    vi.useFakeTimers()
    const opened = openHandle(
      handleTo(() => new Promise(() => {})),
      systemRuntime,
    )

    await vi.advanceTimersByTimeAsync(10_000)

    expect(await opened).toBeUndefined()
    vi.useRealTimers()
  })

  it('opens nothing when the person refuses', async () => {
    const handle = handleTo(async () => file(), { state: 'prompt' })

    expect(await openHandle(handle, systemRuntime)).toBeUndefined()
  })

  it.each(['NotFoundError', 'NotAllowedError', 'SecurityError'])(
    'opens nothing after a %s',
    async (name) => {
      const handle = handleTo(async () => {
        throw new DOMException('The file is out of reach.', name)
      })

      expect(await openHandle(handle, systemRuntime)).toBeUndefined()
    },
  )
})
