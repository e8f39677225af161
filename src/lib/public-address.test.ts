import { expect, test } from 'vitest'
import { addressOfHost, isPublicAddress } from './public-address.ts'

test.each(['8.8.8.8', '203.0.114.1', '2606:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'ff02::1',
  'localhost',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test('the address of a URL is found however it is written, and a name has none', () => {
  const of = (text: string) => addressOfHost(new URL(text).hostname)
  expect(of('http://127.1/')).toBe('127.0.0.1')
  expect(of('http://2130706433/')).toBe('127.0.0.1')
  expect(of('http://0x7f.0.0.1:8080/x')).toBe('127.0.0.1')
  expect(of('https://[::ffff:7f00:1]/')).toBe('::ffff:7f00:1')
  expect(of('https://example.com/')).toBeNull()
})
