import { describe, expect, test } from 'vitest';
import { proposeLeavingOut } from './boilerplate.ts';
import { draftText, linesAsBlocks, proposedOut } from './draft.ts';

const paragraph = 'Western leaders gathered in Paris on Tuesday to sign a declaration of intent, officials said.';
const block = (text: string) => ({ kind: 'paragraph', text, leaveOut: null }) as const;
const reasonFor = (text: string, title = 'A title') => proposeLeavingOut([block(paragraph), block(text)], title)[1]?.leaveOut ?? null;

describe('what reads like the page around an article', () => {
  test.each([
    ...[
      'Add Comment',
      'Leave a Comment',
      'Leave a comment.',
      '12 Comments',
      'Comments (3)',
      'Post a comment',
      'Join the conversation',
      'View all comments',
    ].map((text) => ['invites comments', text]),
    ...[
      'Share',
      'Share this article',
      'Share on Facebook',
      'Share: Facebook | Twitter | WhatsApp',
      'Facebook Twitter Email',
      'Follow us on X',
    ].map((text) => ['share line', text]),
    ...[
      'Read more',
      'Read more: The road to Paris',
      'See also – What we know',
      'Related articles',
      'Most read',
      'Continue reading',
      'Click here to read the full story',
    ].map((text) => ['leads elsewhere', text]),
    ...[
      'Photo: Jane Doe',
      'Image credit: AP',
      'Leaders meet. REUTERS/Jane Doe',
      'Macron in Paris (AFP)',
      'A soldier. [Getty Images]',
      '© Reuters',
      'File photo: The palace',
    ].map((text) => ['photo credit', text]),
    ...['We use cookies to improve your experience.', 'Cookie settings', 'Accept all cookies'].map((text) => ['cookie notice', text]),
    ...['Subscribe', 'Sign up for our newsletter', 'Get the day’s news in your inbox', 'Already a subscriber? Log in'].map((text) => [
      'asks to subscribe',
      text,
    ]),
    ...['Advertisement', 'SPONSORED CONTENT'].map((text) => ['advertisement', text]),
    ...['© 2026 The Daily Example', 'Copyright 2026. All rights reserved.'].map((text) => ['copyright line', text]),
    ...['Skip to content', 'Back to top', 'Loading…'].map((text) => ['page navigation', text]),
  ])('I23 %s: %j', (reason, text) => expect(reasonFor(text)).toBe(reason));

  test.each([
    'He called on both sides to leave a comment on the draft before Friday.',
    'Share prices fell by 3 % on Tuesday.',
    'Read more than a hundred pages, he said, and you will see.',
    'The minister said he would sign up to the pledge once his parliament had agreed to “the whole of it”.',
    'Photo voltaic parks grew fastest.',
    'Reuters reported on Monday that talks would resume.',
    'The AP said so.',
    'The regulator fined the company over how it stores cookies.',
    'More than 30 nations took part.',
    'Advertisement revenue fell.',
    'Subscribers rose to “two million”, the group said.',
    'News of the deal spread quickly.',
    'Next year they will meet again.',
    'Related talks were held in Geneva.',
    'Home to 40 million people, the country needs help.',
    '',
  ])('I23 a line of an article is kept: %j', (text) => expect(reasonFor(text)).toBeNull());
});

test('I23 a headline is kept the first time and proposed to be left out when it comes again', () => {
  const blocks = ['News', 'A pledge in Paris', 'A Pledge in Paris!', paragraph, 'News'].map(block);
  expect(proposeLeavingOut(blocks, 'A pledge in Paris').map(({ leaveOut }) => leaveOut)).toEqual([
    'section name',
    null,
    'headline again',
    null,
    null,
  ]);
});

test('I23 a reason that is known already stays, unless the words tell a nearer one', () => {
  const outside = (text: string) => ({ ...block(text), leaveOut: 'outside the article' });
  const blocks = [outside('An imprint'), outside('Leave a Comment')];
  expect(proposeLeavingOut(blocks, 'T').map(({ leaveOut }) => leaveOut)).toEqual(['outside the article', 'invites comments']);
});

test('I23 what is proposed is left out only when the person says so; headings keep their lines', () => {
  const blocks = proposeLeavingOut(
    linesAsBlocks(`A pledge in Paris\n\n${paragraph}\nWhat next\nWords.\n\nAdd Comment\n`),
    'A pledge in Paris',
  );
  const draft = { blocks };
  expect(draftText(draft, [])).toEqual({ text: `A pledge in Paris\n\n${paragraph}\nWhat next\nWords.\n\nAdd Comment\n`, headings: [0, 3] });
  expect(draftText(draft, proposedOut(draft))).toEqual({ text: `A pledge in Paris\n\n${paragraph}\nWhat next\nWords.`, headings: [0, 3] });
  expect(draftText(draft, [0, 1])).toMatchObject({ text: expect.stringMatching(/^Western/), headings: [1] });
});
