import type { Protocol, Question } from '../../core/judge/protocols.ts';

/** A protocol of the user's own begins as a copy of another one. */
export function customOf(protocol: Protocol): Protocol {
  return { ...protocol, id: 'custom', version: 1, title: 'Custom', source: 'The study’s own' };
}

export const isCustom = (protocol: Protocol): boolean => protocol.id === 'custom';

/** What can be asked goes by what is on screen: of all a top list, of two which, of one how good. */
export function newQuestion(shows: Protocol['shows'], id: string): Question {
  if (shows === 'all') return { kind: 'top', id, title: 'Which three are best?', count: 3 };
  if (shows === 'pair') {
    return { kind: 'pair', id, title: 'Which one is better?', steps: 3, reasons: [] };
  }
  return {
    kind: 'rating',
    id,
    title: 'How good is it?',
    sentence: '',
    labels: ['bad', 'poor', 'fair', 'good', 'excellent'],
  };
}

/** An id that no question has. */
export function freeId(questions: readonly Question[]): string {
  for (let n = 1; ; n += 1) {
    const id = `q${n}`;
    if (questions.every((question) => question.id !== id)) return id;
  }
}

/** Shows something else at a time; questions that cannot be asked of it give way to one that can. */
export function showing(protocol: Protocol, shows: Protocol['shows']): Protocol {
  return shows === protocol.shows
    ? protocol
    : { ...protocol, shows, questions: [newQuestion(shows, 'q1')] };
}

/** "colours, brightness" as a list; what is empty or there twice is left out. */
export function listOf(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}
