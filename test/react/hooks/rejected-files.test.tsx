import { act, renderHook, waitFor } from '@testing-library/react'
import Uppy, { type Body, type Meta, RestrictionError } from '@uppy/core'
import { useS3Uploader } from 's3-direct-upload'
import { expect, it } from 'vitest'
import { behaviourMessages } from '../../../src/react/text/messages.js'
import { tellRejection } from '../../../src/react/text/rejection-message.js'
import { createTranslate } from '../../../src/react/text/translate.js'
import type { RejectionReason } from '../../../src/upload/store/rejected-files.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

const translate = createTranslate(undefined, behaviourMessages)

async function rejectedBy(options: UppyOptions, name = 'a.txt') {
  const uppy = new Uppy(options)
  const { result } = renderHook(() => useS3Uploader({ endpoint: '/api/s3', uppy }))
  act(() => result.current.addFiles([new File(['a'], name)]))
  await waitFor(() => expect(result.current.rejected).toHaveLength(1))
  return result.current.rejected
}

it('says what Uppy says of its own rules', async () => {
  expect(await rejectedBy({ restrictions: { minFileSize: 5 } })).toMatchObject([
    { reason: 'file-too-small', message: 'This file is smaller than the allowed size of 5 B' },
  ])
})

it('says what a rule of the app says of it', async () => {
  const onBeforeFileAdded = () => {
    throw new RestrictionError('a.txt is no invoice')
  }

  expect(await rejectedBy({ onBeforeFileAdded })).toMatchObject([
    { reason: 'other', message: 'a.txt is no invoice', isNamed: true },
  ])
})

it('has its own sentence where a rule of the app has none', async () => {
  const onBeforeFileAdded = () => false

  // A name that is in the sentence is not the name of the file.
  expect(await rejectedBy({ onBeforeFileAdded }, 'file')).toMatchObject([
    { message: 'The file cannot be added here.', isNamed: false, names: ['file'] },
  ])
})

it('says it in the words of the locale', async () => {
  const strings: Record<string, string> = { cannotBeAdded: 'Hier nicht möglich' }
  const locale = { strings, pluralize: () => 0 as const }

  expect(await rejectedBy({ onBeforeFileAdded: () => false, locale })).toMatchObject([
    { message: 'Hier nicht möglich' },
  ])
})

it('is the same list until something changes', async () => {
  const locale = { strings: {} }
  const { result, rerender } = renderHook(() => useS3Uploader({ endpoint: '/api/s3', locale }))
  const before = result.current.rejected

  rerender()

  expect(result.current.rejected).toBe(before)
})

it.each<[RejectionReason, string]>([
  ['file-unreadable', 'The browser could not read it.'],
  ['cannot-reopen', 'Choose the file again to go on.'],
  ['interrupted-gone', 'This upload is no longer there. Add the file again.'],
  ['folder-empty', 'The folder is empty.'],
  ['nothing-to-upload', 'There is nothing to upload in it.'],
  ['other', 'The file cannot be added here.'],
])('has a sentence for a reason that comes without words: %s', (reason, message) => {
  const group = { id: 1, reason, names: ['a.txt'], count: 1 }

  expect(tellRejection(group, translate)).toEqual({ ...group, message, isNamed: false })
})
