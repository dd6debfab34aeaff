import type { PageSubject } from '../plan/subject-names.js'
import type { RawSignatures } from '../server/sign-raw.js'
import { watchLongTasks } from './long-tasks.js'
import type { Approach, Upload, UploadEnvironment } from './subjects/subject.js'

/** What the harness asks of the page. */
export interface PageRun {
  readonly subject: PageSubject
  readonly s3Url: string
  readonly checksum?: boolean | undefined
  /** Files below this size are small ones. */
  readonly smallBelowBytes: number
  /** Whether files come without any sign before. */
  readonly isSudden: boolean
}

/** What the page measured. */
export interface PageResult {
  readonly durationMs: number
  /** When the last small file was complete; 0 where there is none. */
  readonly lastSmallMs: number
  /** The longest task of the main thread, as far as one took more than 50 ms. */
  readonly longestTaskMs: number
  /** Why not all was uploaded. */
  readonly error?: string | undefined
}

/** What the page offers to the harness: first all is made ready, then the clock runs. */
export interface BenchPage {
  prepare(run: PageRun): Promise<void>
  run(): Promise<PageResult>
}

interface Subject {
  readonly upload: Upload
  readonly approach?: Approach
}

const subjects: Readonly<Record<PageSubject, () => Promise<Subject>>> = {
  raw: () => import('./subjects/raw.js'),
  ours: () => import('./subjects/ours.js'),
  'uppy-put': () => import('./subjects/uppy-put.js'),
  'uppy-post': () => import('./subjects/uppy-post.js'),
  'better-upload': () => import('./subjects/better-upload.js'),
  'lib-storage': () => import('./subjects/lib-storage.js'),
}

let runPrepared: () => Promise<PageResult>

const page: BenchPage = {
  async prepare(run) {
    const { upload, approach } = await subjects[run.subject]()
    if (!run.isSudden) await approach?.()
    const files = [...(document.querySelector('input')?.files ?? [])]
    const signatures = run.subject === 'raw' ? await signRaw(files) : undefined
    runPrepared = () => measure(upload, files, { ...run, signatures })
  },
  run: () => runPrepared(),
}
Object.assign(window, { bench: page })

async function measure(
  upload: Upload,
  files: readonly File[],
  run: PageRun & Pick<UploadEnvironment, 'signatures'>,
): Promise<PageResult> {
  const longTasks = watchLongTasks()
  const begin = performance.now()
  let lastSmallMs = 0
  const onFileComplete = (file: Blob) => {
    if (file.size < run.smallBelowBytes) lastSmallMs = performance.now() - begin
  }
  const error = await upload(files, { ...run, onFileComplete }).then(
    () => undefined,
    (thrown: unknown) => String(thrown),
  )
  const durationMs = performance.now() - begin
  return { durationMs, lastSmallMs, longestTaskMs: await longTasks.longest(), error }
}

async function signRaw(files: readonly File[]): Promise<RawSignatures> {
  const facts = files.map(({ name, size, type }) => ({ name, size, type }))
  const response = await fetch('/api/raw', {
    method: 'POST',
    body: JSON.stringify({ files: facts }),
  })
  return await response.json()
}
