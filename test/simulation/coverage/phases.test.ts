import { expect, it } from 'vitest'
import type { Tab } from '../page/tab.js'
import type { LiveRequest } from '../world/page-connection.js'
import { phasesOf } from './phases.js'

const process = {}
const range = { name: 'a.bin', start: 5, end: 10, fileSize: 20 }

it('says where a file is by its record and by what is under way for it', () => {
  expect(phasesAt('waiting', [])).toEqual(['waits for a slot'])
  expect(phasesAt('waiting', [], { lastError: {} })).toEqual(['recovers'])
  expect(phasesAt('waiting', [{ operation: 'sign-uploads' }])).toEqual(['waits for its signature'])
  expect(phasesAt('uploading', [{ operation: 'PutObject' }])).toEqual(['is sent whole'])
  expect(phasesAt('finishing', [{ operation: 'complete-uploads' }])).toEqual(['is confirmed'])
})

it('tells the parts of a file apart', () => {
  const parts = [
    { ...range, start: 0, end: 5 },
    range,
    { ...range, start: 15, end: 20 },
    { ...range, start: 0, end: 20 },
  ]
  expect(
    parts.map((part) => phasesAt('uploading', [{ operation: 'UploadPart', range: part }])),
  ).toEqual([
    ['sends its first part'],
    ['sends a middle part'],
    ['sends its last part'],
    ['sends its last part'],
  ])
})

it('passes over what another page or another file is doing', () => {
  expect(phasesAt('uploading', [{ operation: 'PutObject', files: ['b.bin'] }])).toEqual([
    'waits for a slot',
  ])
  expect(phasesAt('uploading', [{ operation: 'PutObject', process: {} }])).toEqual([
    'waits for a slot',
  ])
})

it('says what the page itself does', () => {
  expect(phasesAt('paused', [{ operation: 'abort-uploads', files: [] }])).toEqual([
    'page aborts',
    'is paused',
  ])
})

function phasesAt(status: string, requests: readonly object[], record: object = {}): string[] {
  const uploads = {
    ids: ['1'],
    interrupted: [],
    get: () => ({ name: 'a.bin', status, ...record }),
  }
  const tab = { process, plugin: { uploads }, hashing: { files: [] } } as unknown as Tab
  const live = requests.map((request) => ({ process, files: ['a.bin'], ...request }))
  return [...phasesOf({ tab, live: live as unknown as LiveRequest[] })]
}
