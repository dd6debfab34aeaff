import { describe, expect, it, vi } from 'vitest'
import { createTestHandler, file } from '../handler-setup.js'

const signing = { operation: 'sign-uploads', files: [file()] }

describe('authorize', () => {
  it('runs for every operation', async () => {
    const authorize = vi.fn(() => ({ owner: 'ada' }))
    const server = createTestHandler({ authorize })

    const { token } = await server.signOne()
    await server.run('complete-uploads', { uploads: [{ token }] })
    await server.run('abort-uploads', { tokens: [token] })

    expect(authorize).toHaveBeenCalledTimes(3)
  })

  it.each([null, undefined, false] as const)('refuses with %j', async (nobody) => {
    const server = createTestHandler({ authorize: async () => nobody })

    expect((await server.post(signing)).status).toBe(401)
  })

  it('is not asked about a request that is refused anyway', async () => {
    const authorize = vi.fn(() => ({ owner: 'ada' }))

    await createTestHandler({ authorize }).post('nonsense')

    expect(authorize).not.toHaveBeenCalled()
  })

  it.each(['', 'x'.repeat(257), 7])('may not return the owner %j', async (owner) => {
    const onError = vi.fn()
    // Deliberately not what the types ask for.
    const authorize = () => ({ owner: owner as string })

    const response = await createTestHandler({ authorize, onError }).post(signing)

    expect(response.status).toBe(500)
    expect(String(onError.mock.calls[0])).toContain('authorize returned an owner')
  })
})
