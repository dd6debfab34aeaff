import type { Mutant } from './mutant.js'

/** Bugs of the signing handler, for seeds of the server simulation. */
export const handlerMutants: readonly Mutant[] = [
  {
    name: 'zombie-aborts-what-it-began',
    rule: 'A request that fails leaves what it has begun to the page that asks again.',
    file: 'src/server/operations/signing/begin-multipart.ts',
    find: "if (looked.status === 'rejected') throw looked.reason",
    put: `if (looked.status === 'rejected') {
    if (created.status === 'fulfilled') {
      await s3.abortMultipartUpload({ key, s3UploadId: created.value }).catch(config.onError)
    }
    throw looked.reason
  }`,
  },
  {
    name: 'zombie-begins',
    rule: 'A request that its page has given up begins nothing.',
    file: 'src/server/operations/signing/abandoned-request.ts',
    find: 'if (!isAbandoned(context)) return',
    put: 'if (!isAbandoned(context) || context) return',
  },
  {
    name: 'zombie-aborts-others',
    rule: 'A request that its page has given up aborts nothing that was begun since.',
    file: 'src/server/operations/abort-uploads.ts',
    find: 'return isAbandoned(context) ? [] : others',
    put: 'return others',
  },
  {
    name: 'object-is-overlooked',
    rule: 'Nothing is begun under the key of an object that stands there.',
    file: 'src/server/operations/signing/begin-multipart.ts',
    find: `if (stored) throw uploadExists()
  return open`,
    put: `return stored && open ? open : open`,
  },
  {
    name: 'older-secret-is-forgotten',
    rule: 'An upload that was begun under an older secret is found again.',
    file: 'src/server/operations/signing/sign-multipart.ts',
    find: 'mayBeOpen ? olderKeys.map(objectUnder) : []',
    put: 'mayBeOpen ? olderKeys.slice(olderKeys.length).map(objectUnder) : []',
  },
  {
    name: 'all-take-the-last-place',
    rule: 'Requests of one owner are counted one after the other.',
    file: 'src/server/operations/sign-uploads.ts',
    find: 'isLimited ? withOpenUploads(context, sign) : sign()',
    put: 'isLimited && !withOpenUploads ? [] : sign()',
  },
  {
    name: 'one-place-too-many',
    rule: 'An owner has no more multipart uploads open than are allowed.',
    file: 'src/server/rules/open-upload-limit.ts',
    find: 'if (places <= 0)',
    put: 'if (places < 0)',
  },
  {
    name: 'places-under-older-secrets-are-forgotten',
    rule: 'Uploads under older secrets take their places.',
    file: 'src/server/rules/open-upload-limit.ts',
    find: 'const lists = await Promise.all(folders.map(',
    put: 'const lists = await Promise.all(folders.slice(0, 1).map(',
  },
  {
    name: 'any-owner-will-do',
    rule: 'A token is good for its owner alone.',
    file: 'src/server/tokens/upload-token.ts',
    find: 'claims.owner === owner',
    put: 'claims.owner.length > 0 && owner.length > 0',
  },
  {
    name: 'quota-is-not-heeded',
    rule: 'What the quota refuses is not signed.',
    file: 'src/server/rules/quota.ts',
    find: 'if (answer === undefined || answer === true) return',
    put: "if (typeof answer !== 'string') return",
  },
  {
    name: 'disguise-is-believed',
    rule: 'A type that can run script passes by no extension.',
    file: 'src/server/rules/disguised-script.ts',
    find: 'if (!canRunScript(type)) return false',
    put: 'if (!canRunScript(type) || type) return false',
  },
  {
    name: 'large-files-are-signed',
    rule: 'A file beyond maxFileSize is not signed.',
    file: 'src/server/rules/upload-rules.ts',
    find: 'if (file.size > rules.maxFileSizeBytes)',
    put: 'if (file.size > rules.maxFileSizeBytes * 2)',
  },
  {
    name: 'others-stay-open',
    rule: 'An abort ends whatever is open under its key.',
    file: 'src/server/operations/abort-uploads.ts',
    find: 'others.then((targets) => removeEach(targets, s3))',
    put: 'others.then(() => removeEach([], s3))',
  },
  {
    name: 'completion-does-not-tidy',
    rule: 'A completion ends whatever else is open under its key.',
    file: 'src/server/operations/complete-uploads.ts',
    find: 'others.then((targets) => removeEach(targets, s3))',
    put: 'others.then(() => removeEach([], s3))',
  },
  {
    name: 'completion-is-not-told',
    rule: 'The app hears of every upload before its page does.',
    file: 'src/server/operations/complete-uploads.ts',
    find: 'await config.onUploadComplete?.(upload, caller)',
    put: 'await (caller ? undefined : config)',
  },
  {
    name: 'lost-completion-is-gone',
    rule: 'A completion whose answer was lost is found by its object.',
    file: 'src/server/operations/completing/assemble-upload.ts',
    find: "return stored?.size === claims.size ? 'assembled' : requireAssembled(claims, context)",
    put: 'throw uploadGone()',
  },
  {
    name: 'object-is-not-compared',
    rule: 'An upload is put together only of parts of the planned sizes.',
    file: 'src/server/operations/completing/assemble-upload.ts',
    find: 'if (part?.size === partSize(claims, partNumber)) parts.push(part)',
    put: 'if (part && partSize(claims, partNumber) > 0) parts.push(part)',
  },
  {
    name: 'claimed-object-is-deleted',
    rule: 'What a completion has claimed is not deleted by an abort.',
    file: 'src/server/storage/unclaimed-objects.ts',
    find: 'if (tags !== undefined && isUnclaimed(tags)) await',
    put: 'if (tags !== undefined) await',
  },
  {
    name: 'timers-go-on',
    rule: 'A timer ends with what it was for.',
    file: 'src/s3-client/send.ts',
    find: `} finally {
    stopTimer()`,
    put: `} finally {
    void stopTimer`,
  },
  {
    name: 'silent-storage-is-waited-for',
    rule: 'A request to S3 is given up after a while.',
    file: 'src/s3-client/send.ts',
    find: "timeout.abort(new DOMException(timeoutMessage, 'TimeoutError'))",
    put: 'void timeoutMessage',
  },
  {
    name: 'downloads-are-not-asked-for',
    rule: 'A download is signed only if the app allows it.',
    file: 'src/server/operations/sign-downloads.ts',
    find: 'if (!permission) throw downloadForbidden()',
    put: 'if (!permission) return {}',
  },
  {
    name: 'listed-parts-are-few',
    rule: 'list-parts names every part.',
    file: 'src/server/operations/list-parts.ts',
    find: '[...listed.values()].map(listedPart)',
    put: '[...listed.values()].slice(1).map(listedPart)',
  },
  {
    name: 'waiting-is-endless',
    rule: 'Nobody waits for another request for longer than half a minute.',
    file: 'src/server/storage/one-at-a-time.ts',
    find: 'const maxWaitMs = 30_000',
    put: 'const maxWaitMs = 300_000',
  },
]
