const chars = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** As much of a file as is inspected: its first bytes, then what says nothing. */
function file(start: string, ...later: readonly (readonly [offset: number, text: string])[]) {
  const bytes = new Uint8Array(4100).fill(0x11)
  bytes.set(chars(start))
  for (const [offset, text] of later) bytes.set(chars(text), offset)
  return bytes
}

const iso = (brand: string) => file(`\0\0\0\x18ftyp${brand}\0\0\0\0${brand}`)
const ogg = (codec: string) => file(`OggS\0\x02${'\0'.repeat(20)}\x01\x1e`, [28, codec])
const riff = (form: string, mark = 'RIFF') => file(`${mark}\xff\xff\xff\xff${form}`)
const matroska = (type: string) =>
  file(`\x1a\x45\xdf\xa3\x8b\x42\x82${String.fromCharCode(0x80 + type.length)}${type}`)

/** The directory stands at the end, where most programs write it, or right behind the header. */
const tiffs = [
  file('II*\0\xff\xff\x10\0'),
  file('MM\0*\0\x10\xff\xff'),
  file(`II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\x01\0\0\0\0\0\0\0`),
  file(`MM\0*\0\0\0\x08\0\x01\x01\0\0\x04\0\0\0\x01\0\0\0\x01\0\0\0\0`),
  file('II+\0\x08\0\0\0\xff\xff\x10\0\0\0\0\0'),
]
const jpegs = [file('\xff\xd8\xff\xe0\0\x10JFIF\0'), file('\xff\xd8\xff\xe1\xff\xffExif\0\0')]
const heifs = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'].map(
  iso,
)
const films = ['isom', 'mp42', 'avc1', 'dash', 'iso5', 'M4V ', '3gp4', 'msnv', 'XAVC'].map(iso)
const movies = [
  iso('qt  '),
  ...['moov', 'mdat', 'free', 'wide', 'skip', 'pnot'].map((box) => file(`\0\0\0\x08${box}`)),
]
const asfHeader = '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c'
const asfStream = '\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\0\xc0\x0c\x20\x53\x65\x72\0\0\0\0\0\0\0'
const asf = (stream: string) => file(`${asfHeader}${'\0'.repeat(14)}${asfStream}${stream}`)
const asfSound = asf('\x40\x9e\x69\xf8\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b')
const asfFilm = asf('\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\0\x80\x5f\x5c\x44\x2b')
/** The description of the streams comes behind what is inspected. */
const asfLong = file(`${asfHeader}${'\0'.repeat(14)}${'\x33'.repeat(16)}\0\x20\0\0\0\0\0\0`)
const transport = [
  file('G\x40', ...Array.from({ length: 20 }, (_, n) => [n * 188, 'G\x40'] as const)),
  file('\0\0\0\0G', ...Array.from({ length: 20 }, (_, n) => [n * 192 + 4, 'G\x40'] as const)),
]
const mpegs = [
  file('\0\0\x01\xba\x44\0\x04\0\x04\x01'),
  file('\0\0\x01\xba\x21\0\x01\0\x01\x80'),
  file('\0\0\x01\xb3\x16\0\xf0\x15'),
  ...transport,
]
const tagged = file('ID3\x03\0\0\0\x07\x76\x76')
const mp3 = [tagged, file('\xff\xfb\x90\x64'), file('\xff\xf3\x40\xc0')]
const oggs = ['\x01vorbis', 'OpusHead', '\x7fFLAC', 'Speex  ', 'fishead\0'].map(ogg)
const midi = [file('MThd\0\0\0\x06'), riff('RMIDdata')]
const aiff = [file('FORM\0\x01\0\0AIFFCOMM'), file('FORM\0\x01\0\0AIFCFVER')]
const pngStart = '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89'
const png = [
  file(`${pngStart}\0\0\0\x0aIDAT`),
  file(`${pngStart}\0\0\x20\0iCCP`),
  file(`${pngStart}\0\0\0\x08acTL`),
]
const icon = [file('\0\0\x01\0\x01\0\x10\x10')]
const webm = [matroska('webm')]
const mkv = [matroska('matroska'), matroska('webm')]
const svg = ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<?xml version="1.0"?><svg/>'].map(chars)

/** First bytes of genuine files, as their formats define them, by extension. */
export const genuineFiles: Readonly<Record<string, readonly Uint8Array[]>> = {
  ...of('jpg jpeg jpe jfif', jpegs),
  ...of('png apng', png),
  gif: [file('GIF89a'), file('GIF87a')],
  webp: [riff('WEBPVP8X')],
  avif: ['avif', 'avis', 'mif1', 'msf1', 'miaf', 'avio', 'MA1A', 'MA1B'].map(iso),
  ...of('heic heif', heifs),
  bmp: [file('BM\0\x10\0\0\0\0\0\0')],
  ...of('tif tiff', tiffs),
  svg,
  jxl: [file('\xff\x0a\xfa\x1f'), file('\0\0\0\x0cJXL \r\n\x87\n')],
  ico: icon,
  psd: [file('8BPS\0\x01'), file('8BPS\0\x02')],
  dng: [...tiffs, file('II*\0\x08\0\0\0\x01\0\x12\xc6\x01\0\x04\0\0\0\x01\x04\0\0\0\0\0\0')],
  cr2: [file('II*\0\x10\0\0\0CR\x02\0')],
  cr3: [iso('crx ')],
  nef: [...tiffs, file('MM\0*\0\0\0\x08\0\x1c\0\xfe'), file('II*\0\x08\0\0\0\x1c\0\xfe\0')],
  arw: [...tiffs, file('II*\0\x08\0\0\0\x01\0\xa5\xc4\x01\0\x04\0\0\0\x01\0\0\0\0\0\0\0')],
  raf: [file('FUJIFILMCCD-RAW 0201FF129502')],
  orf: [file('IIRO\x08\0\0\0\x18\0'), file('IIRS\x08\0\0\0'), file('MMOR\0\0\0\x08')],
  rw2: [file('IIU\0\x18\0\0\0\x88\xe7\x74\xd8'), file('IIU\0\x08\0\0\0\x1d\0')],
  pef: tiffs,
  mp4: films,
  m4v: films,
  ...of('mov qt', movies),
  webm,
  mkv,
  ...of('mts m2ts', transport),
  '3gp': ['3gp4', '3gp5', '3gr6', '3gs7', 'isom', 'mp42'].map(iso),
  '3g2': ['3g2a', '3g2b', 'isom'].map(iso),
  avi: [riff('AVI LIST')],
  wmv: [asfFilm, asfSound, asfLong],
  ...of('mpg mpeg', mpegs),
  ogv: [ogg('\x80theora'), ogg('\x01video\0'), ogg('fishead\0')],
  flv: [file('FLV\x01\x05\0\0\0\x09')],
  mp3,
  m4a: ['M4A ', 'M4B ', 'isom', 'mp42', 'dash'].map(iso),
  wav: [
    riff('WAVEfmt '),
    riff('WAVEds64', 'RF64'),
    riff('WAVEds64', 'BW64'),
    riff('WAVEfmt ', 'RIFX'),
  ],
  aac: [file('\xff\xf1\x50\x80'), file('\xff\xf9\x50\x80'), file('ADIF'), tagged, iso('M4A ')],
  ...of('ogg oga', oggs),
  opus: [ogg('OpusHead')],
  flac: [file('fLaC\0\0\0\x22'), tagged],
  wma: [asfSound, asfFilm, asfLong],
  ...of('aif aiff', aiff),
  ...of('mid midi', midi),
  amr: [file('#!AMR\n'), file('#!AMR-WB\n')],
  caf: [file('caff\0\x01\0\0desc')],
}

function of(extensions: string, files: readonly Uint8Array[]) {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, files]))
}
