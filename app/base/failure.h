#pragma once

#include <QString>

namespace longcode {

/// A fault as a person reads it: what happened, and what to do about it. Both are plain text and
/// whole sentences. Used where the caller cannot react but by telling someone.
struct Failure {
    QString what;
    QString remedy;
    friend bool operator==(const Failure &, const Failure &) = default;
};

} // namespace longcode
