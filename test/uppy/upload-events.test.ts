import Uppy, { type Body, type Meta } from '@uppy/core'
import { expect, it, vi } from 'vitest'
import {
  NetworkError,
  S3DirectUpload,
  type S3DirectUploadOptions,
  type UploadEvent,
} from '../../src/uppy/index.js'
import { created, fetchOf, s3Refusal, scriptEndpoint } from '../support/scripted-endpoint.js'
import { gatherUncaught } from '../support/uncaught-errors.js'

const silent = { debug() {}, warn() {}, error() {} }

async function setUp(options: Partial<S3DirectUploadOptions> = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const events: UploadEvent[] = []
  const uppy = new Uppy<Meta, Body>({ logger: silent }).use(S3DirectUpload, {
    endpoint: '/api/s3',
    transport: endpoint.transport,
    onEvent: (event) => events.push(event),
    ...options,
  })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const add = (name: string) => {
    plugin.addFiles([{ file: new File(['hello'], name, { type: 'text/plain' }) }])
    const [id = ''] = plugin.uploads.ids.slice(-1)
    return { id, uuid: plugin.uploads.get(id)?.uploadId }
  }
  return { endpoint, events, uppy, plugin, add }
}

const of = <Type extends UploadEvent['type']>(events: readonly UploadEvent[], type: Type) =>
  events.filter((event): event is Extract<UploadEvent, { type: Type }> => event.type === type)

it('tell of every request, every state and the end of a file', async () => {
  const { uppy, events, add } = await setUp()
  const { uuid: id } = add('a.txt')

  await uppy.upload()

  const durationMs = expect.any(Number)
  const asked = {
    type: 'request',
    to: 'endpoint',
    outcome: 'ok',
    status: 200,
    count: 1,
    durationMs,
  }
  const sent = { operation: 'PostObject', outcome: 'ok', status: 201, sentBytes: 5, durationMs }
  expect(of(events, 'request')).toEqual([
    { ...asked, operation: 'sign-uploads', id },
    { type: 'request', to: 's3', id, ...sent },
    { ...asked, operation: 'complete-uploads' },
  ])
  expect(of(events, 'state').map(({ status }) => status)).toEqual([
    'waiting',
    'uploading',
    'finishing',
    'complete',
  ])
  const sum = { sentBytes: 5, requests: 1, failedRequests: 0 }
  const bytesPerSecond = expect.any(Number)
  const end = { id, outcome: 'ok', size: 5, ...sum, durationMs, bytesPerSecond }
  expect(of(events, 'end')).toEqual([{ type: 'end', ...end }])
})

it('say why a file waits, and what it has cost', async () => {
  const { uppy, events, add, endpoint } = await setUp()
  const { onSend } = endpoint
  const answers = [
    () => Promise.reject(new NetworkError('No answer.', { code: 'network' })),
    async () => s3Refusal(503, 'SlowDown'),
  ]
  endpoint.onSend = (request, store) => (answers.shift() ?? (() => onSend(request, store)))()
  add('a.txt')

  await uppy.upload()

  const requests = of(events, 'request').filter(({ to }) => to === 's3')
  expect(requests.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['network', undefined],
    ['storage-busy', 503],
    ['ok', 201],
  ])
  const reasons = of(events, 'state').flatMap(({ reason }) => reason ?? [])
  expect(reasons).toEqual(['network', 'storage-busy'])
  expect(of(events, 'end')).toMatchObject([
    { outcome: 'ok', size: 5, sentBytes: 15, requests: 3, failedRequests: 2 },
  ])
})

it('say why a file has failed', async () => {
  const { uppy, events, add, endpoint } = await setUp()
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  add('a.txt')

  await uppy.upload()

  expect(of(events, 'state').at(-1)).toMatchObject({ status: 'failed', reason: 'storage-denied' })
  const [end] = of(events, 'end')
  expect(end).toMatchObject({ outcome: 'storage-denied' })
  expect(end).not.toHaveProperty('bytesPerSecond')
})

it('say that a file was removed, once', async () => {
  const { uppy, events, add, plugin, endpoint } = await setUp()
  endpoint.onSend = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { id } = add('a.txt')
  void uppy.upload()
  await vi.waitFor(() => expect(endpoint.sent).toHaveLength(1))

  plugin.remove(id)

  await vi.waitFor(() => expect(of(events, 'request').at(-1)?.outcome).toBe('cancelled'))
  expect(of(events, 'end').map(({ outcome }) => outcome)).toEqual(['cancelled'])
})

it('leave out the time for which a file was paused', async () => {
  const clock = { ms: 0 }
  vi.spyOn(performance, 'now').mockImplementation(() => clock.ms)
  const { uppy, events, add, plugin, endpoint } = await setUp()
  const { onSend } = endpoint
  endpoint.onSend = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { id } = add('a.txt')
  const upload = uppy.upload()
  await vi.waitFor(() => expect(endpoint.sent).toHaveLength(1))
  clock.ms += 1000
  plugin.setPaused(id, true)
  clock.ms += 60_000
  endpoint.onSend = onSend

  plugin.setPaused(id, false)
  await upload

  expect(of(events, 'end')).toMatchObject([{ durationMs: 1000, bytesPerSecond: 5 }])
})

it('hold no name, no URL, no token and no metadata', async () => {
  const { uppy, events, add } = await setUp()
  uppy.setMeta({ album: 'secret-album' })
  add('secret-name.txt')

  await uppy.upload()

  expect(events.length).toBeGreaterThan(5)
  expect(JSON.stringify(events)).not.toMatch(/secret|txt|http|bucket|uploads\//)
})

it('go to a listener that was set later; one that throws stops nothing', async () => {
  const uncaught = gatherUncaught()
  const { uppy, add, plugin } = await setUp({ onEvent: undefined })
  plugin.setOptions({
    onEvent() {
      throw new Error('The app’s own.')
    },
  })
  add('a.txt')

  const result = await uppy.upload()

  expect(result?.successful).toHaveLength(1)
  await vi.waitFor(() => expect(uncaught.map(String)).toContain('Error: The app’s own.'))
})

it('are told of a request to the endpoint that failed', async () => {
  const { uppy, events, add, endpoint } = await setUp({ retryBudgetSeconds: 0 })
  endpoint.onSend = async () => created
  vi.stubGlobal('fetch', async () => new Response('<h1>Sorry</h1>', { status: 502 }))
  add('a.txt')

  await uppy.upload()

  expect(of(events, 'request')).toMatchObject([
    { to: 'endpoint', operation: 'sign-uploads', status: 502 },
  ])
  expect(of(events, 'request')[0]?.outcome).toBe(of(events, 'end')[0]?.outcome)
})
