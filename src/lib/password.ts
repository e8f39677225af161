import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { makeGate } from './gate.ts'
import { characterCount, isStorableText } from './text.ts'

const compute = promisify(argon2)

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const SALT_BYTES = 16
const TAG_BYTES = 32

/**
 * Each computation holds 19 MiB and one thread of libuv's pool, which belongs to the whole process and has four threads
 * by default: three leave one for files and compression. 64 waiting are about a second of work on two cores.
 */
const gate = makeGate({ parallelMax: 3, waitingMax: 64 })

/** Checked when no such user exists, so that the answer takes as long as for one who does. No password matches it. */
export const UNKNOWN_USER_HASH = format(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(TAG_BYTES))

/** Hashes a password with argon2id; gives a PHC string. Throws GateFullError when too many computations wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const tag = await gate(() => compute('argon2id', { ...COST, message: password, nonce: salt, tagLength: TAG_BYTES }))
  return format(COST, salt, tag)
}

/**
 * True when the password is the one behind the PHC string, whose own cost is used. The text is taken as it is: no
 * trimming and no Unicode normalisation. Throws GateFullError when too many computations wait.
 */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const parsed = parse(stored)
  if (parsed === null) return false
  const { tag, ...parameters } = parsed
  const computed = await gate(() => compute('argon2id', { ...parameters, message: password, tagLength: tag.length }))
  return timingSafeEqual(computed, tag)
}

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>

function format({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

function parse(stored: string): (Cost & { readonly nonce: Buffer; readonly tag: Buffer }) | null {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(stored) ?? []
  if (salt === undefined || tag === undefined) return null
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

const LENGTH_MIN = 12
const LENGTH_MAX = 128
// RFC 7617 forbids them in Basic credentials, so a program could never log in with such a password.
const CONTROL = /\p{Cc}/u

/** The most common passwords that are long enough to be chosen here, in lower case. */
const COMMON = new Set(
  `000000000000 0123456789ab 111111111111 112233445566 121212121212 123123123123 1234567890-= 1234567890ab 1234567890abc
  1234567890qwe 12345678900987654321 1234567890987654321 123456789012 1234567890123 12345678901234 123456789012345
  1234567890123456 12345678910111213 123456789abc 123456789qwerty 123456abcdef 123456qwerty 123qweasdzxc 147258369147
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc 1qaz2wsx3edc4rfv 222222222222
  654321654321 666666666666 696969696969 777777777777 789456123789 888888888888 987654321000 987654321098 999999999999
  a1b2c3d4e5f6 a1s2d3f4g5h6 aaaaaaaaaaaa abc123abc123 abc123456789 abcabcabcabc abcd1234abcd abcd12345678 abcdef123456
  abcdefghijkl abcdefghijklmnop abcdefghijklmnopqrstuvwxyz administrator administrator1 administrator123 admin1234567
  admin12345678 adminadmin12 adminadminadmin asdasdasdasd asdfasdfasdf asdfghjkl123 asdfghjkl;' asdfghjklqwerty
  changeme1234 changeme12345 changemechangeme changemenow1 construction construction1 construction123 contractor12
  contractor123 correcthorsebatterystaple default12345 defaultpassword football1234 iloveyou1234 iloveyou12345
  iloveyouforever iloveyousomuch leadwright12 leadwright123 leadwright1234 letmein12345 letmein123456 letmeinletmein
  liverpool123 manchester12 manutd123456 monkey123456 mypassword12 mypassword123 p@ssw0rd1234 p@ssword1234 p@ssw0rd12345
  passw0rd1234 passw0rd12345 password0000 password1111 password1234 password12345 password123456 password1234567
  password12345678 password123456789 password123! password1234! password2024 password2025 password2026 password2027
  passwordpassword passwort1234 passwort12345 princess1234 qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb q1w2e3r4t5y6
  q1w2e3r4t5y6u7 qwerasdfzxcv qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwertyqwerty qwertyuiop12
  qwertyuiop123 qwertyuiop[] qwertyuiop[]\\ qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm renovation12 renovation123
  secret123456 secretpassword starwars1234 sunshine1234 superman1234 supersecret1 test12345678 testpassword testtesttest
  trustno1trustno1 welcome12345 welcome123456 welcome1234! welcomewelcome zaq12wsxcde3 zaq1zaq1zaq1 zxcvbnm12345
  zxcvbnm123456 zxcvbnmasdfghjkl`
    .split(/\s+/)
    .filter((word) => word.length >= LENGTH_MIN),
)

/**
 * Why a new password is refused, as the end of a sentence that starts with its name, or null when it is good. The rules
 * are those of OWASP ASVS 6.2: length and no common ones, but no composition rules.
 */
export function passwordFault(password: string): string | null {
  const length = characterCount(password)
  if (length < LENGTH_MIN || length > LENGTH_MAX) return `must have ${LENGTH_MIN} to ${LENGTH_MAX} characters.`
  if (!isStorableText(password) || CONTROL.test(password)) return 'must not contain control characters.'
  return COMMON.has(password.toLowerCase()) ? 'is one of the most common passwords; choose another.' : null
}
