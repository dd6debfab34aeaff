import {
  arrangedFaultKinds,
  eventKinds,
  faultKinds,
  removalEventKinds,
} from '../scenario/scenario.js'
import { phases } from './phases.js'
import type { Table } from './table.js'

const pageUploads: Table = {
  title: 'page to S3',
  rows: ['PostObject', 'PutObject', 'UploadPart'],
  columns: faultKinds.s3,
  impossible: [],
}

const pageQuestions: Table = {
  title: 'page to endpoint',
  rows: [
    'sign-uploads',
    'sign-parts',
    'list-parts',
    'complete-uploads',
    'abort-uploads',
    'sign-downloads',
  ],
  columns: faultKinds.endpoint,
  impossible: [],
}

const requestsOfServers = [
  'HeadObject',
  'CreateMultipartUpload',
  'ListMultipartUploads',
  'ListParts',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
] as const

const serverRequests: Table = {
  title: 'server to S3',
  rows: requestsOfServers,
  columns: [...faultKinds.server, ...arrangedFaultKinds],
  impossible: [
    {
      rows: requestsOfServers.filter((row) => row !== 'ListParts'),
      columns: ['lag'],
      reason: 'Of what S3 answers, only a list of parts lags.',
    },
    {
      rows: requestsOfServers.filter((row) => row !== 'AbortMultipartUpload'),
      columns: arrangedFaultKinds,
      reason: 'Of what S3 answers without having done it, only an abort is.',
    },
  ],
}

const files: Table = {
  title: 'phase of a file',
  rows: phases,
  columns: [...eventKinds, ...removalEventKinds],
  impossible: [],
}

/** Everything that runs are to reach: which fault hits which request of a leg, and which event comes in which phase. */
export const tables = {
  s3: pageUploads,
  endpoint: pageQuestions,
  server: serverRequests,
  files,
} as const satisfies Readonly<Record<string, Table>>
