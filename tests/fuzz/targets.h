#pragma once

#include <QByteArray>

/// One function for each reader of foreign bytes. They take anything and end the process with a message when
/// a promise is broken: a crash, an exception, two readers that disagree, a value beyond its bound.
namespace longcode::fuzz {

/// A webhook's body.
void events(const QByteArray &input);
/// Headers and body of a webhook: the first two lines are signature and timestamp.
void signature(const QByteArray &input);
/// A frame between console and relay.
void protocol(const QByteArray &input);
/// A team fact in the relay's log.
void facts(const QByteArray &input);
/// What a stranger sends to the HTTP server. The first byte says how many bytes come at a time.
void http(const QByteArray &input);
/// An answer of the API: the first line is the status.
void answers(const QByteArray &input);
/// An address book as CSV, in any encoding: read, judged, written and read again.
void csv(const QByteArray &input);
/// The same as vCards.
void vcard(const QByteArray &input);

} // namespace longcode::fuzz
