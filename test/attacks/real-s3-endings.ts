import { succeeded } from './attack.js'

/** In what an attack ends otherwise at a real server. */
export interface RealEnding {
  readonly reason: string
  /** Every ending that may occur. */
  readonly ends: readonly string[]
  /** Whether the attack gets what it wants there, which nothing that is signed can prevent. */
  readonly isOpen?: boolean
}

type RealEndings = Readonly<Record<string, RealEnding>>

const denied = {
  reason: 'it refuses every bad signature with AccessDenied',
  ends: ['S3 403 AccessDenied'],
}

/** Of every Ceph. */
const ceph: RealEndings = {
  'sizes: puts more or less than was signed': denied,
  'sizes: puts parts that are bigger or smaller than planned': denied,
  'sizes: puts a further part to the URL of a signed one': denied,
  'signatures: widens a POST policy and keeps its signature': denied,
  'signatures: puts to another key, another bucket, or with another query': denied,
  'signatures: puts with another type, without its condition, or with headers of their own': denied,
  'signatures: reads or deletes with the URL of a PUT, or aborts with that of a part': denied,
  'signatures: posts with another type, or with fields that make the object public or redirect': {
    reason: 'it reads some fields before the policy, and cannot read them',
    ends: ['S3 403 AccessDenied', 'S3 400 InvalidArgument'],
  },
}

const ceph16: RealEndings = {
  ...ceph,
  'signatures: puts with x-amz headers that are not signed': {
    reason: 'it accepts x-amz headers that are not signed',
    ends: [succeeded('S3 stored it')],
    isOpen: true,
  },
}

/** Exceptions by server, then by `family: attack`. */
export const realS3Endings: Readonly<Record<string, RealEndings>> = {
  'ceph-16.2': ceph16,
  'ceph-20.2': ceph,
}
