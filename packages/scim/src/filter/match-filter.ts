import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { FoundAttribute } from '../schema/find-attribute.ts';
import { isWholeExtension } from '../schema/find-attribute.ts';
import { compileComparison, isAbsent, type TestValue } from './compile-comparison.ts';
import type { ResolvedFilter } from './resolved-filter.ts';

/** Whether a resource in canonical form, as `readResource` gives it, matches. */
export type MatchResource = (resource: JsonObject) => boolean;

/** Whether one element of a multi-valued attribute matches. */
export type MatchElement = (element: Json) => boolean;

type Read<Source> = (source: Source) => Json | undefined;
type CompileLeaf<Source> = (filter: Leaf) => (source: Source) => boolean;
type Leaf = Exclude<ResolvedFilter, { readonly kind: 'and' | 'or' | 'not' }>;

/**
 * Compiles a filter into a function over resources (RFC 7644 §3.4.2.2). A multi-valued attribute matches when any
 * element does; a value path asks for all its conditions on the same element.
 */
export function compileMatcher(filter: ResolvedFilter): MatchResource {
  return compile(filter, compileResourceLeaf);
}

/** Compiles a filter that `resolveElementFilter` tied to an attribute into a function over its elements. */
export function compileElementMatcher(filter: ResolvedFilter): MatchElement {
  return compile(filter, compileElementLeaf);
}

function compile<Source>(filter: ResolvedFilter, leaf: CompileLeaf<Source>): (source: Source) => boolean {
  switch (filter.kind) {
    case 'and': {
      const tests = filter.filters.map((inner) => compile(inner, leaf));
      return (source) => tests.every((test) => test(source));
    }
    case 'or': {
      const tests = filter.filters.map((inner) => compile(inner, leaf));
      return (source) => tests.some((test) => test(source));
    }
    case 'not': {
      const test = compile(filter.filter, leaf);
      return (source) => !test(source);
    }
    default:
      return leaf(filter);
  }
}

function compileResourceLeaf(filter: Leaf): MatchResource {
  if (filter.kind === 'unknown') return () => false;
  const { found } = filter;
  const read = readerOf(found);
  if (filter.kind === 'valuePath') {
    const test = compileElementMatcher(filter.filter);
    return (resource) => someElement(read(resource), test);
  }
  const test = leafTest(filter, found);
  if (found.sub === undefined) return compileSimple(read, test, found);
  const name = found.sub.name;
  return (resource) => {
    const value = read(resource);
    if (!Array.isArray(value)) return testValues(memberOf(value, name), test);
    return value.length === 0 ? test(undefined) : value.some((element) => testValues(memberOf(element, name), test));
  };
}

function compileSimple(read: Read<JsonObject>, test: TestValue, found: FoundAttribute): MatchResource {
  return found.attribute.multiValued
    ? (resource) => testValues(read(resource), test)
    : (resource) => test(read(resource));
}

function compileElementLeaf(filter: Leaf): MatchElement {
  // The grammar knows no value path inside a value path, so none can be resolved here.
  if (filter.kind === 'unknown' || filter.kind === 'valuePath') return () => false;
  const test = leafTest(filter, filter.found);
  if (filter.found.sub === undefined) return test;
  const name = filter.found.sub.name;
  return (element) => testValues(memberOf(element, name), test);
}

function leafTest(filter: Extract<Leaf, { readonly kind: 'compare' | 'present' }>, found: FoundAttribute): TestValue {
  if (filter.kind === 'present') return (value) => !isAbsent(value);
  return compileComparison(found.sub ?? found.attribute, filter.operator, filter.value);
}

/** A list satisfies a test when any of its values does; an empty one is no value. */
function testValues(value: Json | undefined, test: TestValue): boolean {
  if (!Array.isArray(value)) return test(value);
  return value.length === 0 ? test(undefined) : value.some(test);
}

function someElement(value: Json | undefined, test: MatchElement): boolean {
  if (value === undefined || value === null) return false;
  return Array.isArray(value) ? value.some(test) : test(value);
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

/** Reads the attribute out of a resource: from the top, or from its extension object. */
function readerOf(found: FoundAttribute): Read<JsonObject> {
  const { schemaId } = found;
  const { name } = found.attribute;
  if (!found.isExtension || isWholeExtension(found)) return (resource) => resource[name];
  return (resource) => memberOf(resource[schemaId], name);
}
