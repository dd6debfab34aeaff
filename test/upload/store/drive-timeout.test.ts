import { expect, it } from 'vitest'
import { createDriveTimeout } from '../../../src/upload/store/drive-timeout.js'

const never = () => new Promise<never>(() => {})

it('says how long it has waited: shorter once the drive has failed to answer', async () => {
  const waits: number[] = []
  const withinTimeout = createDriveTimeout({
    setTimer: (callback, ms) => {
      waits.push(ms)
      queueMicrotask(callback)
      return () => {}
    },
  })

  const messages = [
    await withinTimeout(never()).catch(({ message }: Error) => message),
    await withinTimeout(never()).catch(({ message }: Error) => message),
  ]

  expect(messages).toEqual(waits.map((ms) => `The drive did not answer within ${ms / 1000} s.`))
  expect(new Set(waits).size).toBe(2)
})
