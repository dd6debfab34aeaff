import { act, cleanup, render, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { S3Uploader, type S3UploaderProps } from 's3-direct-upload'
import { afterEach, vi } from 'vitest'
import {
  created,
  fetchOf,
  type ScriptedEndpoint,
  scriptEndpoint,
} from '../support/scripted-endpoint.js'

afterEach(cleanup)

/** Props of one of the two kinds, without the discriminating one. */
export type GivenProps = Partial<Omit<S3UploaderProps, 'uppy'>>

/** An uploader on a scripted endpoint, and hands to work it with. */
export function renderUploader(props: GivenProps = {}) {
  const endpoint = startEndpoint()
  const user = userEvent.setup({ applyAccept: false })
  const elementOf = (changed: GivenProps = {}) => (
    <S3Uploader endpoint="/api/s3" transport={endpoint.transport} {...props} {...changed} />
  )
  const view = render(elementOf())
  const choose = (...files: File[]) => user.upload(inputOf(view.container), files)
  const change = (changed: GivenProps) => view.rerender(elementOf(changed))
  return { ...view, endpoint, user, choose, change }
}

/** A scripted endpoint that answers the page's `fetch`. */
export function startEndpoint(): ScriptedEndpoint {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  return endpoint
}

/** The invisible file input. */
export function inputOf(container: Element): HTMLInputElement {
  return container.querySelector<HTMLInputElement>('input[type="file"]')!
}

/** The sentences about what was not taken. */
export function rejections(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.s3u-rejection p')]
}

/** The one sentence about what was not taken, as soon as it is there. */
export function findRejection(): Promise<HTMLElement> {
  return waitFor(() => {
    const [only, ...others] = rejections()
    if (!only || others.length > 0) throw new Error(`${rejections().length} sentences`)
    return only
  })
}

/** Option of queries: what is seen, without what is only spoken. */
export const seen = { ignore: '[role="status"] *' }

export function fileOf(name: string, { type = 'text/plain', size = 5 } = {}): File {
  return new File(['x'.repeat(size)], name, { type })
}

/** A transfer that goes no further than the test says. */
export interface HeldTransfer {
  readonly name: string
  progress(share: number): Promise<void>
  finish(): Promise<void>
}

/** Holds every transfer from now on, in the order they begin. */
export function holdTransfers(endpoint: ScriptedEndpoint): HeldTransfer[] {
  const held: HeldTransfer[] = []
  endpoint.reportsAtOnce = false
  endpoint.onSend = (request, store) =>
    new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
      request.onProgress(0, 1000)
      held.push({
        name: nameOf(request.body),
        progress: (share) => act(async () => request.onProgress(share * 1000, 1000)),
        finish: () =>
          act(async () => {
            store()
            resolve(created)
          }),
      })
    })
  return held
}

/** The transfer of a file: of two, either may have begun first. */
export function transferOf(held: readonly HeldTransfer[], name: string): HeldTransfer {
  const transfer = held.find((one) => one.name === name)
  if (!transfer) throw new Error(`No transfer of ${name} has begun.`)
  return transfer
}

function nameOf(body: Blob | FormData): string {
  const key = String((body as FormData).get('key'))
  return key.slice(key.lastIndexOf('/') + 1)
}
