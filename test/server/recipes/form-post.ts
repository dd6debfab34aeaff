import { type AttachOptions, attachReceipts } from './attach-receipts.js'

/** Answers `<form method="post">`, in both encodings that a form can have. */
export async function handleFormPost(request: Request, options: AttachOptions): Promise<Response> {
  const results = await attachReceipts(await request.formData(), options)
  const isRefused = results.some(({ state }) => state === 'refused')
  if (isRefused) return Response.json({ results }, { status: 422 })
  return new Response(null, { status: 303, headers: { location: '/attachments' } })
}
