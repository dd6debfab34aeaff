/** What a {@link listedParts} bucket has. */
export interface ListedParts {
  readonly partCount: number
  readonly pageSize: number
  readonly partSizeBytes?: number
  /** Sends the first page for ever, as some servers do. */
  readonly ignoresMarker?: boolean
}

/** A bucket that lists the parts of one upload, page by page. */
export function listedParts({
  partCount,
  pageSize,
  partSizeBytes = 1,
  ignoresMarker = false,
}: ListedParts) {
  const requests: Request[] = []
  return {
    requests,
    async fetch(request: Request): Promise<Response> {
      requests.push(request)
      const marker = new URL(request.url).searchParams.get('part-number-marker')
      const start = ignoresMarker ? 0 : Number(marker ?? 0)
      const end = Math.min(start + pageSize, partCount)
      const parts = Array.from({ length: end - start }, (_, index) => {
        const number = start + index + 1
        return `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${number}&quot;</ETag><Size>${partSizeBytes}</Size></Part>`
      })
      return new Response(
        `<ListPartsResult><IsTruncated>${end < partCount}</IsTruncated>` +
          `<NextPartNumberMarker>${end}</NextPartNumberMarker>${parts.join('')}</ListPartsResult>`,
      )
    },
  }
}
