import { describe, expect, it, vi } from 'vitest'
import { createTestHandler } from '../handler-setup.js'

describe('abort-uploads', () => {
  it('gives uploads up and deletes nothing', async () => {
    const fetch = vi.fn(async () => new Response())
    const server = createTestHandler({ fetch })
    const { id, token } = await server.signOne()

    const { uploads } = await server.run('abort-uploads', { tokens: [token, token] })

    expect(uploads).toEqual([
      { id, state: 'aborted' },
      { id, state: 'aborted' },
    ])
    expect(fetch).not.toHaveBeenCalled()
  })

  it('goes on past a malformed token', async () => {
    const server = createTestHandler()
    const { token } = await server.signOne()

    const { uploads } = await server.run('abort-uploads', { tokens: [null, token] })

    expect(uploads).toMatchObject([{ error: { code: 'invalid-request' } }, { state: 'aborted' }])
  })

  it('refuses what is not the own upload', async () => {
    const server = createTestHandler()
    const { token } = await server.signOne({}, { 'x-user': 'bob' })

    const { uploads } = await server.run('abort-uploads', { tokens: [token, 'v1.x.y'] })

    expect(uploads.map((upload) => 'error' in upload && upload.error.code)).toEqual([
      'invalid-token',
      'invalid-token',
    ])
  })
})
