import { act, cleanup, fireEvent, render, renderHook, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Uppy } from '@uppy/core'
import type { S3Uploader, S3UploaderOptions, useS3Uploader } from 's3-direct-upload'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import { expect, vi } from 'vitest'
import type { OptionDocs } from '../../../scripts/options/option-docs.js'
import type { OptionRow, OptionTable } from '../../../src/react/options/option-table.js'
import { bindToBytes, s3Refusal } from '../../support/scripted-endpoint.js'
import { fileOf, holdTransfers, inputOf, startEndpoint } from '../render-uploader.js'

/** What is tested: the code of this repository, or of a copy that has one option more. */
export interface UploaderCode {
  readonly S3Uploader: typeof S3Uploader
  readonly useS3Uploader: typeof useS3Uploader
}

/** A row of the table, and two values of its option. */
export interface OptionCase {
  readonly name: string
  readonly row: OptionRow
  readonly samples: readonly [unknown, unknown]
}

/** One case for each row. Most samples follow from the option's type. */
export function optionCases(table: OptionTable, docs: OptionDocs): OptionCase[] {
  return Object.entries(table).map(([name, row]) => ({
    name,
    row,
    samples: specialSamples[name] ?? samplesOf(name, docs),
  }))
}

const uppyWithPlugin = () => new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })

const specialSamples: Readonly<Record<string, readonly [unknown, unknown]>> = {
  accept: ['.pdf', '.zip'],
  credentials: ['omit', 'include'],
  headers: [{ first: '1' }, () => ({ later: '2' })],
  onUnauthorized: [() => 'first', () => 'later'],
  transport: [{ send: () => {} }, { send: () => {} }],
  prepare: [() => undefined, () => new Blob()],
  duplicates: ['allow', 'set-aside'],
  directory: [true, 'both'],
  camera: [true, false],
  dropTarget: ['page', 'self'],
  paste: ['page', false],
  strayDrops: ['browser', 'prevent'],
  metadata: [{ album: '7' }, { owner: 'me' }],
  locale: [{ strings: { browseFiles: 'Choose' } }, { strings: { browseFiles: 'Take' } }],
  theme: ['dark', 'light'],
  density: ['compact', 'comfortable'],
  classNames: [{ trigger: 'first' }, { trigger: 'later', item: 'later' }],
  icons: [{ upload: <b /> }, { upload: <i /> }],
  value: [[{ key: 'u/a', name: 'a.txt' }], [{ key: 'u/b', name: 'b.txt' }]],
  defaultValue: [[{ key: 'u/a', name: 'a.txt' }], [{ key: 'u/b', name: 'b.txt' }]],
  uppy: [uppyWithPlugin(), uppyWithPlugin()],
}

function samplesOf(name: string, docs: OptionDocs): readonly [unknown, unknown] {
  const { type = '', default: usual } = docs.get(name) ?? {}
  if (type.includes('=>')) return [vi.fn(), vi.fn()]
  if (type.includes('number')) return [7, 8]
  if (type === 'string') return ['/first', '/later']
  if (type === 'boolean') return usual === 'true' ? [false, true] : [true, false]
  throw new Error(
    `No sample follows from the type "${type}": add one of "${name}" to option-cases.`,
  )
}

/** Fails unless the option arrives where its row says, and a changed one too if the row is live. */
export async function expectArrival(code: UploaderCode, option: OptionCase): Promise<void> {
  await arrivals[option.row.to](code, option)
  cleanup()
}

type Check = (code: UploaderCode, option: OptionCase) => void | Promise<void>

const arrivals: Readonly<Record<OptionRow['to'], Check>> = {
  plugin: arrivesAtPlugin,
  uppy: changesUppy,
  form: changesMarkup,
  element: changesMarkup,
  hook: arrivesAtHook,
  start: startsWith,
  validity: changesValidity,
  page: changesPage,
}

function renderWith({ useS3Uploader: useUploader }: UploaderCode, name: string) {
  const endpoint = startEndpoint()
  const optionsWith = (value: unknown): S3UploaderOptions => {
    const base = { endpoint: '/api/s3', transport: endpoint.transport }
    return value === undefined ? base : { ...base, [name]: value }
  }
  const view = renderHook((value: unknown) => useUploader(optionsWith(value)))
  return { ...view, endpoint }
}

function arrivesAtPlugin(code: UploaderCode, { name, row, samples }: OptionCase): void {
  const [first, later] = samples
  const endpoint = startEndpoint()
  const { result, rerender } = renderHook(
    (value) =>
      code.useS3Uploader({ endpoint: '/api/s3', transport: endpoint.transport, [name]: value }),
    { initialProps: first },
  )
  const warn = vi.mocked(console.warn).mockImplementation(() => {})
  const opts = () => result.current.uppy.getPlugin('S3DirectUpload')?.opts
  const arrived = () => shown(new Map<string, unknown>(Object.entries(opts() ?? {})).get(name))
  expect(arrived()).toEqual(shown(first))

  rerender(later)
  rerender(first)
  rerender(later)

  expect(arrived()).toEqual(shown(row.live ? later : first))
  const warnings = row.live ? [] : [[expect.stringContaining(`\`${name}\``)]]
  expect(warn.mock.calls).toEqual(warnings)
}

/** Functions are the same if they say the same. */
function shown(value: unknown): unknown {
  return typeof value === 'function' ? value() : value
}

function changesUppy(code: UploaderCode, { name, samples }: OptionCase): void {
  const { result, rerender } = renderWith(code, name)
  const state = () => {
    const { uppy } = result.current
    const { restrictions, locale } = uppy.opts
    return JSON.stringify({ restrictions, locale, meta: uppy.getState().meta })
  }

  expectChanges({ read: state, change: rerender, samples })
}

async function changesMarkup(
  { S3Uploader: Uploader }: UploaderCode,
  { name, samples }: OptionCase,
): Promise<void> {
  const endpoint = startEndpoint()
  bindToBytes(endpoint)
  const { transport } = endpoint
  const elementWith = (value: unknown) => (
    <Uploader
      endpoint="/api/s3"
      transport={transport}
      {...(value !== undefined && { [name]: value })}
    />
  )
  const { container, rerender } = render(elementWith(undefined))
  const states = { empty: [] as string[], complete: [] as string[] }
  const values = [undefined, ...samples]
  const read = (state: keyof typeof states) => {
    for (const value of values) {
      rerender(elementWith(value))
      states[state].push(container.innerHTML)
    }
    rerender(elementWith(undefined))
  }

  read('empty')
  await userEvent.upload(inputOf(container), fileOf('a.txt'))
  await waitFor(() => expect(container.querySelector('[data-status="complete"]')).not.toBeNull())
  read('complete')

  const seen = values.map((_, index) => `${states.empty[index]} ${states.complete[index]}`)
  expect(seen[1]).not.toBe(seen[0])
  expect(seen[2]).not.toBe(seen[1])
}

async function changesValidity(
  { S3Uploader: Uploader }: UploaderCode,
  { name, samples }: OptionCase,
): Promise<void> {
  const { transport } = startEndpoint()
  const elementWith = (value: unknown) => (
    <Uploader
      endpoint="/api/s3"
      transport={transport}
      name="files"
      autoUpload={false}
      {...{ [name]: value }}
    />
  )
  const { container, rerender } = render(elementWith(samples[0]))
  await userEvent.upload(inputOf(container), fileOf('a.txt'))
  const first = inputOf(container).validity.valid
  rerender(elementWith(samples[1]))
  expect(inputOf(container).validity.valid).toBe(!first)
}

function startsWith({ S3Uploader: Uploader }: UploaderCode, { name, samples }: OptionCase): void {
  const { transport } = startEndpoint()
  const texts = [undefined, ...samples].map((value) => {
    const given = value === undefined ? {} : { [name]: value }
    const { container, unmount } = render(
      <Uploader endpoint="/api/s3" transport={transport} {...given} />,
    )
    const { textContent } = container
    unmount()
    return textContent
  })
  expect(new Set(texts).size).toBe(texts.length)
}

/** What an uploader does with files that are dropped beside it, and pasted beside it or in it. */
async function changesPage(
  { S3Uploader: Uploader }: UploaderCode,
  { name, samples }: OptionCase,
): Promise<void> {
  const { transport } = startEndpoint()
  const elementWith = (value: unknown) => (
    <Uploader
      endpoint="/api/s3"
      transport={transport}
      {...(value !== undefined && { [name]: value })}
    />
  )
  const { container, rerender } = render(elementWith(undefined))
  const file = fileOf('a.txt')
  const dataTransfer = {
    types: ['Files'],
    items: [{ kind: 'file', type: 'text/plain', getAsFile: () => file }],
    dropEffect: 'none',
  }
  const does = () => {
    fireEvent.dragEnter(document.body, { dataTransfer })
    return [
      fireEvent.dragOver(document.body, { dataTransfer }),
      dataTransfer.dropEffect,
      fireEvent.drop(document.body, { dataTransfer: { ...dataTransfer, items: [] } }),
      fireEvent.paste(document.body, { clipboardData: { files: [file] } }),
      fireEvent.paste(container.firstElementChild ?? container, {
        clipboardData: { files: [file] },
      }),
    ].join()
  }

  let before = does()
  for (const value of samples) {
    rerender(elementWith(value))
    await waitFor(() => expect(does()).not.toBe(before))
    before = does()
  }
}

function expectChanges({
  read,
  change,
  samples: [first, later],
}: {
  readonly read: () => string
  readonly change: (value: unknown) => void
  readonly samples: OptionCase['samples']
}): void {
  const without = read()
  change(first)
  const withFirst = read()
  expect(withFirst).not.toBe(without)
  change(later)
  expect(read()).not.toBe(withFirst)
}

async function arrivesAtHook(code: UploaderCode, { name, samples }: OptionCase): Promise<void> {
  const { result, rerender, endpoint } = renderWith(code, name)
  const [first, later] = samples
  for (const value of samples) {
    rerender(value)
    if (vi.isMockFunction(value)) {
      await uploadFailAndRemove(result.current, endpoint)
      await waitFor(() => expect(value).toHaveBeenCalled())
    } else {
      expect(Object.values(result.current)).toContain(value)
    }
  }
  if (!vi.isMockFunction(first) || !vi.isMockFunction(later)) return
  const calls = first.mock.calls.length
  await uploadFailAndRemove(result.current, endpoint)
  expect(first).toHaveBeenCalledTimes(calls)
}

/** Everything that a callback is told of. */
async function uploadFailAndRemove(
  { actions, uploads }: ReturnType<typeof useS3Uploader>,
  endpoint: ReturnType<typeof startEndpoint>,
): Promise<void> {
  const held = holdTransfers(endpoint)
  act(() => actions.addFiles([fileOf('a.txt', { size: 1000 })]))
  await waitFor(() => expect(held).toHaveLength(1))
  const [id = ''] = uploads.ids
  const heard: (number | undefined)[] = []
  const stop = uploads.subscribeTo(id, () => heard.push(uploads.get(id)?.bytesUploaded))
  for (const share of [0.2, 0.5]) {
    await held[0]?.progress(share)
    await waitFor(() => expect(heard).toContain(share * 1000))
  }
  stop()
  await held[0]?.finish()
  await waitFor(() => expect(uploads.summary.counts.complete).toBe(1))
  endpoint.onSend = async () => s3Refusal(403, 'AccessDenied')
  act(() => actions.addFiles([fileOf('b.txt')]))
  await waitFor(() => expect(uploads.summary.counts.failed).toBe(1))
  act(() => actions.removeAll())
}
