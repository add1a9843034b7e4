/** Level 3: profiles of users, opened at first contact, and the consent that a guardian gives. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.users;
