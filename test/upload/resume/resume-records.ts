import { type ResumeRecord, recordVersion } from '../../../src/upload/resume/resume-record.js'

export const dayMs = 24 * 60 * 60 * 1000

/** A record as it is after the first part. */
export function resumeRecord(changes: Partial<ResumeRecord> = {}): ResumeRecord {
  return {
    uploadId: '7f3c1f0e-8a53-4c1b-9d0a-3f6b2f1f9a10',
    token: 'v1.payload.signature',
    key: 'uploads/film.mp4',
    partSizeBytes: 8 * 1024 * 1024,
    partCount: 25,
    location: 'https://bucket.s3.eu-central-1.amazonaws.com/uploads/film.mp4',
    endpoint: '/api/s3',
    file: { name: 'film.mp4', type: 'video/mp4', size: 200_000_000, lastModified: 1_000 },
    fingerprint: 'the fingerprint',
    version: recordVersion,
    savedAt: 0,
    ...changes,
  }
}
