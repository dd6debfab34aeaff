import { expect, it } from 'vitest'
import { handleOf, rememberHandle } from '../../../src/upload/store/file-handles.js'

const file = () => new File(['hello'], 'hello.txt')

it('remembers the handle of a file', () => {
  const dropped = file()
  const handle = { kind: 'file', name: 'hello.txt' } as FileSystemFileHandle

  rememberHandle(dropped, handle)

  expect(handleOf(dropped)).toBe(handle)
  expect(handleOf(file())).toBeUndefined()
})
