import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { childrenNamed, childText, parseXml, type XmlElement } from '../../src/s3/xml.js'
import { XmlError } from '../../src/s3/xml-scanner.js'
import { escapeXml, writeXml } from '../../src/s3/xml-writer.js'

const fixedRuns = { seed: 2006_03_01, numRuns: 300 }
const listParts = `<?xml version="1.0" encoding="UTF-8"?>
<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <UploadId>2~abc</UploadId>
  <Owner><ID>o</ID><DisplayName/></Owner>
  <Part><PartNumber>1</PartNumber><ETag>&quot;e1&quot;</ETag><Size>5242880</Size></Part>
  <Part><PartNumber>3</PartNumber><ETag>"e3"</ETag><Size>7</Size></Part>
</ListPartsResult>`

describe('parseXml', () => {
  test('reads the elements of an answer of S3', () => {
    const root = parseXml(listParts)

    const parts = childrenNamed(root, 'Part')
    expect(parts.map((part) => childText(part, 'ETag'))).toEqual(['"e1"', '"e3"'])
    expect(root.name).toBe('ListPartsResult')
    expect(childText(root, 'UploadId')).toBe('2~abc')
    expect(childText(root, 'NextPartNumberMarker')).toBeUndefined()
  })

  test.each([
    ['references', '<a>&lt;&amp;&gt;&quot;&apos;&#233;&#xE9;&#x1F600;</a>', '<&>"\'éé😀'],
    ['references only once', '<a>&amp;lt;</a>', '&lt;'],
    ['character data', '<a>1<![CDATA[<b>&amp;]]>2</a>', '1<b>&amp;2'],
    ['text around comments and instructions', '<a>1<!-- <b> -->2<?php ?>3</a>', '123'],
    ['line ends', '<a>1\r\n2\r3\n4<![CDATA[\r\n]]></a>', '1\n2\n3\n4\n'],
    ['a referenced carriage return', '<a>&#13;</a>', '\r'],
    ['white space', '<a> 1 </a>', ' 1 '],
    ['the text between children', '<a>1<b>x</b>2</a>', '12'],
    ['an empty element', '<a/>', ''],
    ['attributes', `<a x="1" y = '"&lt;>' xml:z=""\n>1</a >`, '1'],
    ['a byte order mark', '\ufeff<a>1</a>', '1'],
    ['white space around', ' \r\n<?xml version="1.0"?>\n<!-- c -->\n<a>1</a>\n<?p?> ', '1'],
  ])('reads %s', (_, xml, text) => {
    expect(parseXml(xml)).toMatchObject({ name: 'a', text })
  })

  test.each([
    ['nothing', ''],
    ['white space alone', ' \n'],
    ['text', 'hello'],
    ['an unclosed element', '<a><b></b>'],
    ['elements that cross', '<a><b></a></b>'],
    ['a closing tag too many', '<a></a></a>'],
    ['a second root', '<a/><b/>'],
    ['text before the root', 'x<a/>'],
    ['text behind the root', '<a/>x'],
    ['character data outside the root', '<![CDATA[x]]><a/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an entity named like a property of objects', '<a>&toString;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['an ampersand at the end', '<a>&</a>'],
    ['a reference to half a character', '<a>&#xD83D;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a reference to a control character', '<a>&#0;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['half a character', '<a>\ud83d</a>'],
    ['a bare end of character data', '<a>]]></a>'],
    ['an unclosed comment', '<a><!-- </a>'],
    ['two hyphens in a comment', '<a><!-- -- --></a>'],
    ['unclosed character data', '<a><![CDATA[x</a>'],
    ['an unclosed tag', '<a'],
    ['a tag without name', '<><a/>'],
    ['white space before the name', '< a/>'],
    ['a name that begins with a digit', '<1/>'],
    ['an attribute without value', '<a b></a>'],
    ['an attribute without quotes', '<a b=c></a>'],
    ['an attribute without end', '<a b="c></a>'],
    ['a tag in an attribute', '<a b="<">x</a>'],
    ['a bare ampersand in an attribute', '<a b="&">x</a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['attributes without space between', '<a b="1"c="2"/>'],
    ['a declaration in the middle', '<a/><?xml version="1.0"?>'],
    ['an unclosed declaration', '<?xml version="1.0"'],
  ])('refuses %s', (_, xml) => {
    expect(() => parseXml(xml)).toThrow(XmlError)
  })

  test('says where reading stopped', () => {
    const attempt = () => parseXml('<a>\r\n&x;</a>')

    expect(attempt).toThrow(expect.objectContaining({ code: 'malformed-xml', position: 5 }))
    expect(attempt).toThrow('at character 5')
  })
})

describe('against hostile documents', () => {
  const megabyte = 1024 * 1024
  const fill = (piece: string) => piece.repeat(Math.ceil(megabyte / piece.length))

  test.each([
    ['nested elements', fill('<a>')],
    ['unclosed attributes', `<a ${fill('b="')}`],
    ['an unclosed attribute with spaces', `<a b${fill(' ')}`],
    ['comments that never end', `<a>${fill('<!-- ')}`],
    ['ampersands', `<a>${fill('&')}</a>`],
    ['long references', `<a>&${fill('x')};</a>`],
    ['opened brackets', fill('<')],
    ['declarations that never end', `<?xml ${fill('?')}`],
    ['more characters than any answer has', `<a>${fill('x').repeat(17)}</a>`],
  ])('refuses a megabyte of %s', (_, xml) => {
    expect(() => parseXml(xml)).toThrow(XmlError)
  })

  test('refuses more than 32 elements in one another', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)

    expect(parseXml(nested(32)).name).toBe('a')
    expect(() => parseXml(nested(33))).toThrow('deeper than 32 elements')
  })

  test.each([
    ['sibling elements', '<a/>'],
    ['elements with text', '<a>x</a>'],
    ['text', 'x'],
    ['references', '&amp;'],
    ['comments', '<!---->'],
    ['character data', '<![CDATA[]]>'],
    ['elements with attributes', '<a b="1" c=""/>'],
    ['line ends', '\r\n'],
  ])('reads a megabyte of %s in linear time', (_, piece) => {
    const start = performance.now()

    parseXml(`<r>${fill(piece)}</r>`)

    // A tenth of a second in practice, minutes if time grew with the square of the length.
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

describe('compared with fast-xml-parser', () => {
  interface Tree {
    readonly name: string
    readonly text: string
    readonly children: readonly Tree[]
  }

  const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,7}$/)
  const texts = fc.string({ unit: fc.constantFrom(...'ab <>&"\'é😀;#]x1\n'.split(/(?:)/u)) })
  const { tree } = fc.letrec<{ tree: Tree; children: readonly Tree[] }>((tie) => ({
    tree: fc.record({ name: names, text: texts, children: tie('children') }),
    children: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }))

  test('reads the same elements and text', () => {
    const parser = new XMLParser({
      preserveOrder: true,
      trimValues: false,
      parseTagValue: false,
      ignoreDeclaration: true,
    })

    fc.assert(
      fc.property(tree, (original) => {
        const xml = `<?xml version="1.0"?>${write(original)}`

        const ours = parseXml(xml)

        expect(ours).toEqual(original)
        expect(ours).toEqual(fromPreservedOrder(parser.parse(xml)[0]))
      }),
      fixedRuns,
    )
  })

  function write({ name, text, children }: Tree): string {
    return `<${name} a="${escapeXml(text)}">${children.map(write).join('')}${escapeXml(text)}</${name}>`
  }

  function fromPreservedOrder(node: Record<string, unknown>): XmlElement {
    const [name = ''] = Object.keys(node)
    const content = node[name] as Record<string, unknown>[]
    const isText = (child: Record<string, unknown>) => '#text' in child
    return {
      name,
      text: content
        .filter(isText)
        .map((child) => String(child['#text']))
        .join(''),
      children: content.filter((child) => !isText(child)).map(fromPreservedOrder),
    }
  }
})

describe('writeXml', () => {
  test('writes a document with its namespace', () => {
    const xml = writeXml('Result', { Name: 'a & b', Size: 7, IsTruncated: false }, 'urn:x')

    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Result xmlns="urn:x"><Name>a &amp; b</Name><Size>7</Size><IsTruncated>false</IsTruncated></Result>',
    )
  })

  test('repeats the element of a list and leaves undefined out', () => {
    const xml = writeXml('R', { Part: [{ N: 1 }, { N: 2 }], Marker: undefined, Tag: [] })

    expect(xml).toContain('<R><Part><N>1</N></Part><Part><N>2</N></Part></R>')
  })

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const root = parseXml(writeXml('Keys', { Key: texts }))

        expect(childrenNamed(root, 'Key').map(({ text }) => text)).toEqual(texts)
      }),
      fixedRuns,
    )
  })

  test('stays well-formed whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ max: 0xffff }).map(codeUnit) }), (text) => {
        const root = parseXml(writeXml('Key', text))

        expect(root.text).toHaveLength(text.length)
      }),
      fixedRuns,
    )
  })

  function codeUnit(unit: number): string {
    return String.fromCharCode(unit)
  }
})

test('escapeXml replaces what XML cannot carry', () => {
  expect(escapeXml('a\u0000\ud83d\r\n')).toBe('a\ufffd\ufffd&#13;\n')
})
