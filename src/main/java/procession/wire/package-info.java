/**
 * What crosses between JVMs. Payloads: a user's value as bytes and the handles in it, written by the sender and read only by the
 * receiver, with one door where a class name may become a class.
 */
package procession.wire;
