import { expect, it } from 'vitest'
import { parseUrl } from '../../src/s3/parse-url.js'

it('is the URL that a text is', () => {
  expect(parseUrl('https://bucket.example/a')?.origin).toBe('https://bucket.example')
  expect(parseUrl('/api/s3', 'https://page.example')?.href).toBe('https://page.example/api/s3')
})

it('is nothing for another text', () => {
  expect(parseUrl('')).toBeUndefined()
  expect(parseUrl('/api/s3')).toBeUndefined()
})
