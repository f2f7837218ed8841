import type { Problem, ProblemItem } from "./generated/schema.js";

/**
 * The service said no, and why: a problem document (RFC 9457).
 *
 * Decide by `code`, which stays; show `title`, `detail` and `next` to people, in the language that was asked for.
 */
export class Refused extends Error {
  /** Stable: decide by this one. */
  readonly code: string;
  /** Ids of the rules of self-help groups behind it. */
  readonly rules: readonly string[];
  readonly title: string;
  /** What happened and why. */
  readonly detail: string;
  /** What the person can do. */
  readonly next: string;
  readonly status: number;
  /** The places at fault; empty where none is. */
  readonly errors: readonly ProblemItem[];
  /** `urn:uuid` of the request, to be told to whoever runs the service. */
  readonly instance: string;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.name = "Refused";
    this.code = problem.code;
    this.rules = problem.rules;
    this.title = problem.title;
    this.detail = problem.detail;
    this.next = problem.next;
    this.status = problem.status;
    this.errors = problem.errors;
    this.instance = problem.instance;
  }
}

/**
 * No answer came, or none that is the service's: no network, a time-out, a gateway's own page.
 *
 * Whether the request was carried out isn't known. Asking again with the same `Idempotency-Key` is safe.
 */
export class Unreachable extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = "Unreachable";
  }
}

/** What an answer other than 2xx and 304 says. */
export async function refusalIn(response: Response): Promise<Refused | Unreachable> {
  const type = response.headers.get("Content-Type") ?? "";
  const text = await response.text();
  if (/^application\/problem\+json\b/.test(type)) {
    try {
      return new Refused(JSON.parse(text) as Problem);
    } catch {
      // as good as any other page that isn't ours
    }
  }
  return new Unreachable(`The answer was ${response.status} and no problem document`);
}
