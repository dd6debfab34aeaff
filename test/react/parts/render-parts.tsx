import { act, render, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentType, ReactElement, Ref } from 'react'
import { Uploader } from 's3-direct-upload'
import { expect } from 'vitest'
import { s3Refusal } from '../../support/scripted-endpoint.js'
import { fileOf, inputOf, startEndpoint } from '../render-uploader.js'

/** What every part takes. */
export interface AnyPartProps {
  readonly className?: string | ((state: object) => string)
  readonly style?: object | ((state: object) => object)
  readonly render?: ReactElement | ((props: object, state: object) => ReactElement)
  readonly ref?: Ref<HTMLElement>
  readonly [name: string]: unknown
}

export type PartName = keyof typeof Uploader

/** The element of each part, and the class that is ours. */
export const looks: Readonly<Record<PartName, readonly [tag: string, className: string]>> = {
  Root: ['div', 's3u'],
  Label: ['label', 's3u-label'],
  Dropzone: ['div', 's3u-zone'],
  Trigger: ['button', 's3u-trigger'],
  Hint: ['p', 's3u-hint'],
  Problem: ['p', 's3u-problem'],
  Notices: ['div', 's3u-notices'],
  Notice: ['div', 's3u-rejection'],
  Summary: ['div', 's3u-summary'],
  Count: ['p', 's3u-summary-count'],
  Facts: ['p', 's3u-summary-facts'],
  Progress: ['progress', 's3u-progress'],
  Action: ['button', 's3u-icon-button'],
  List: ['ul', 's3u-list'],
  Item: ['li', 's3u-item'],
  Picture: ['span', 's3u-item-icon'],
  Name: ['span', 's3u-item-name'],
  ItemFacts: ['p', 's3u-item-facts'],
  Status: ['span', 's3u-status'],
  ItemProblem: ['p', 's3u-item-problem'],
}

export const partNames = Object.keys(looks) as PartName[]

/** All parts at once, of an uploader with a file that fails, one under way, one left out, and a form that was refused. */
export async function renderParts(
  propsOf: (name: PartName) => AnyPartProps,
  rootProps: AnyPartProps = {},
) {
  const endpoint = startEndpoint()
  const part = (name: PartName, props: object = {}, children?: unknown) => {
    // The table says what all of them take; what one needs beside is in `props`.
    const Part = Uploader[name] as ComponentType<object>
    const own = children === undefined ? {} : { children }
    return <Part {...props} {...own} {...propsOf(name)} />
  }
  endpoint.onSend = (request) => {
    const key = String((request.body as FormData).get('key'))
    if (key.endsWith('slow.txt')) return new Promise(() => {})
    return Promise.resolve(s3Refusal(403, 'AccessDenied'))
  }
  const row = ({ id, name }: { id: string; name: string }) =>
    part(
      'Item',
      { id },
      <>
        {part('Picture')}
        {part('Name')}
        {part('ItemFacts')}
        {part('Status')}
        {name === 'slow.txt' && part('Progress')}
        {part('ItemProblem')}
        {part('Action', { action: 'remove' })}
      </>,
    )
  const view = render(
    part(
      'Root',
      {
        endpoint: '/api/s3',
        transport: endpoint.transport,
        accept: '.txt',
        label: 'Letters',
        required: true,
        ...rootProps,
      },
      <>
        {part('Label')}
        {part('Dropzone', {}, part('Trigger'))}
        {part('Hint')}
        {part('Problem')}
        {part('Notices', {}, (notice: object) => part('Notice', { notice }))}
        {part(
          'Summary',
          {},
          <>
            {part('Count')}
            {part('Facts')}
          </>,
        )}
        {part('List', {}, row)}
      </>,
    ),
  )
  const user = userEvent.setup({ applyAccept: false })
  const input = inputOf(view.container)
  act(() => void input.checkValidity())
  await user.upload(input, [fileOf('bad.txt'), fileOf('slow.txt'), fileOf('b.exe', { type: '' })])
  for (const name of partNames) {
    await waitFor(() => expect(elementOf(name), name).not.toBeNull())
  }
  return { ...view, endpoint, user }
}

/** The first element of a part; of the buttons, the one that is none of a notice. */
export function elementOf(name: PartName): HTMLElement | null {
  if (name === 'Action') return document.querySelector<HTMLElement>('[data-action="remove"]')
  const key = name.replace(/^./, (letter) => letter.toLowerCase())
  return document.querySelector<HTMLElement>(`[data-part="${key}"]`)
}
