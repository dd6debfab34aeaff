import { describe, expect, test } from 'vitest'
import { environment, runCli } from './run-cli.js'

const env = environment('http://127.0.0.1:9000')

describe('the command', () => {
  test('lists its subcommands', async () => {
    const { exitCode, output } = await runCli(['--help'])

    expect(exitCode).toBe(0)
    expect(output).toContain('presign')
  })

  test('shows examples in the help of a subcommand', async () => {
    const { exitCode, output } = await runCli(['presign', '--help'])

    expect(exitCode).toBe(0)
    expect(output).toContain('$ s3-direct-upload presign ')
  })

  test('tells its version', async () => {
    expect((await runCli(['--version'])).output).toMatch(/^\d+\.\d+\.\d+/)
  })

  test('ends with 2 after a wrong option', async () => {
    const { exitCode, errors, output } = await runCli(['presign', 'a', '--expire', '1h'], { env })

    expect([exitCode, output]).toEqual([2, ''])
    expect(errors).toContain('Did you mean --expires?')
  })

  test.each([
    [['doctor'], 's3-direct-upload doctor --help'],
    [['presign', 'a', '--expires', 'soon'], 's3-direct-upload presign --help'],
    [['presing'], 's3-direct-upload --help'],
  ])('says after %j where the options are', async (args, line) => {
    const { exitCode, output, errors } = await runCli(args, { env })

    expect([exitCode, output]).toEqual([2, ''])
    expect(errors.split('\n').at(-1)).toBe(`All options and examples: ${line}`)
  })

  test('names every variable that is missing', async () => {
    const { exitCode, errors } = await runCli(['presign', 'a'])

    expect(exitCode).toBe(2)
    expect(errors).toMatch(/S3_BUCKET: is not set[\s\S]*AWS_REGION: is not set/)
    expect(errors).not.toContain('S3_UPLOAD_SECRET')
  })

  test.each([
    ['clean', '--bucket', 'a/b'],
    ['cors', '--origin', 'https://app.example.com', '--bucket', 'a/b'],
    ['lifecycle', '--bucket', 'a/b'],
    ['presign', 'a', '--bucket', 'a/b'],
    ['presign', ''],
    ['presign', 'a', '--region', 'eu west'],
    ['presign', 'a', '--endpoint', 's3.example.com'],
  ])('ends with 2 where it is given what cannot be: %s %s %s %s', async (...args) => {
    const { exitCode, output, errors } = await runCli(args, { env })

    expect([exitCode, output]).toEqual([2, ''])
    expect(errors).toMatch(/^s3-direct-upload: /)
  })

  test('says with --json what is wrong, as a document', async () => {
    const { exitCode, output } = await runCli(['presign', 'a', '--json'])

    expect(exitCode).toBe(2)
    expect(JSON.parse(output)).toEqual({ error: expect.stringContaining('S3_BUCKET') })
  })
})
