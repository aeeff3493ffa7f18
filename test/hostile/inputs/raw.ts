const CRLF = '\r\n'
const lines = (...parts: readonly string[]) => `${parts.join(CRLF)}${CRLF}${CRLF}`
const HOST = 'Host: 127.0.0.1'

/** What goes over the line as it stands; the server has to refuse it, or close, and live on. */
export const RAW: readonly (readonly [name: string, bytes: string])[] = [
  ['noise', '\x00\x01\x02\xff\xfe'.repeat(50)],
  ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['SSH', 'SSH-2.0-x\r\n'],
  ['no version', lines('GET /api/cases/mine')],
  ['an unknown version', lines('GET / HTTP/9.9', HOST)],
  ['an unknown method', lines('HACK / HTTP/1.1', HOST)],
  ['no host', lines('GET /api/ask HTTP/1.1')],
  ['two hosts', lines('GET /api/ask HTTP/1.1', HOST, 'Host: evil.example')],
  ['a host that is none', lines('GET /api/ask HTTP/1.1', 'Host: [')],
  ['a host with a path', lines('GET /api/ask HTTP/1.1', 'Host: a/../b')],
  ['a target that is no address', lines('GET http://[/ HTTP/1.1', HOST)],
  ['a proxy target', lines('GET http://evil.example/x HTTP/1.1', HOST)],
  ['CONNECT', lines('CONNECT evil.example:443 HTTP/1.1', HOST)],
  ['a blank in a header name', lines('GET / HTTP/1.1', HOST, 'Content-Length : 0')],
  ['a header without a colon', lines('GET / HTTP/1.1', HOST, 'evil')],
  ['a zero byte in a header', lines('GET / HTTP/1.1', HOST, 'X: a\0b')],
  ['a bare line feed', 'GET /api/ask HTTP/1.1\nHost: x\n\n'],
  ['headers of 100 kB', lines('GET / HTTP/1.1', HOST, `X: ${'x'.repeat(100_000)}`)],
  ['3,000 headers', lines('GET / HTTP/1.1', HOST, ...Array.from({ length: 3_000 }, (_, i) => `X${i}: y`))],
  ['a target of 100 kB', lines(`GET /${'x'.repeat(100_000)} HTTP/1.1`, HOST)],
  ['a negative length', `${lines('POST /api/ask HTTP/1.1', HOST, 'Content-Length: -1')}{}`],
  ['a length in words', `${lines('POST /api/ask HTTP/1.1', HOST, 'Content-Length: two')}{}`],
  ['two lengths', `${lines('POST /api/ask HTTP/1.1', HOST, 'Content-Length: 2', 'Content-Length: 9')}{}`],
  ['a huge length', `${lines('POST /api/ask HTTP/1.1', HOST, 'Content-Length: 99999999999')}{}`],
  [
    'a length and chunks',
    `${lines('POST /api/ask HTTP/1.1', HOST, 'Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\nG`,
  ],
  [
    'chunks twice',
    `${lines('POST /api/ask HTTP/1.1', HOST, 'Transfer-Encoding: chunked, chunked')}0\r\n\r\n`,
  ],
  ['an unknown encoding', `${lines('POST /api/ask HTTP/1.1', HOST, 'Transfer-Encoding: xchunked')}0\r\n\r\n`],
  [
    'a chunk without a size',
    `${lines('POST /api/ask HTTP/1.1', HOST, 'Transfer-Encoding: chunked')}zz\r\nx\r\n`,
  ],
  [
    'a chunk of a huge size',
    `${lines('POST /api/ask HTTP/1.1', HOST, 'Transfer-Encoding: chunked')}ffffffffffffffff\r\nx`,
  ],
  ['an upgrade to nothing', lines('GET / HTTP/1.1', HOST, 'Connection: Upgrade', 'Upgrade: h2c')],
  [
    'a socket without a key',
    lines(
      'GET /v3/directline/conversations/x/stream?t=a.b.c HTTP/1.1',
      HOST,
      'Connection: Upgrade',
      'Upgrade: websocket',
    ),
  ],
]
