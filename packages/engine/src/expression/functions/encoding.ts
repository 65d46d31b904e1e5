import { evaluationError, quoteValue } from '../expression-error.ts';
import { bigNumber, oneText, textOrEmpty } from '../value.ts';
import { define, defineText, type FunctionDefinition, parameters } from './function-definition.ts';

/** Functions between text and bytes, and bits. */
export const encodingFunctions: readonly FunctionDefinition[] = [
  defineText('ConvertToBase64', parameters('source'), (text) => toBase64(utf16Bytes(text))),
  defineText('ConvertFromBase64', parameters('source', 'encoding?'), (text, values) =>
    decode(fromBase64(text), oneText(values[1]) ?? 'Unicode'),
  ),
  defineText('ConvertToUTF8Hex', parameters('source'), (text) =>
    Array.from(new TextEncoder().encode(text), hexByte).join(''),
  ),
  define('BitAnd', parameters('value1:Integer', 'value2:Integer'), ([first, second]) =>
    String(BigInt.asIntN(64, bigNumber(first, 'value1') & bigNumber(second, 'value2'))),
  ),
  define('StringFromSid', parameters('sid:Binary'), ([value]) => {
    const text = textOrEmpty(value);
    return text === '' ? null : sidText(fromBase64(text));
  }),
];

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase();
}

/** UTF-16, low byte first, without a mark in front: what .NET calls Unicode. */
function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[at * 2] = unit & 0xff;
    bytes[at * 2 + 1] = unit >> 8;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array {
  // .NET wants the padding that atob does without.
  if (text.replace(/\s/g, '').length % 4 !== 0) throw evaluationError(`${quoteValue(text)} is not base64`);
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw evaluationError(`${quoteValue(text)} is not base64`);
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  switch (encoding) {
    case 'Unicode':
      return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes);
    case 'UTF8':
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    case 'ASCII':
      return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join('');
    default:
      throw evaluationError(`the encoding must be Unicode, ASCII or UTF8, not ${quoteValue(encoding)}`);
  }
}

/** The text form of a security identifier: revision, authority (48 bits, high byte first), sub-authorities (32 bits each). */
function sidText(bytes: Uint8Array): string {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 || bytes.length !== 8 + count * 4)
    throw evaluationError('the value is not a security identifier');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(8 + index * 4, true));
  return ['S', view.getUint8(0), authority, ...parts].join('-');
}
