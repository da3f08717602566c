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
/// An answer of the API: the first line is the status.
void answers(const QByteArray &input);

} // namespace longcode::fuzz
