#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace longcode::rules {

/// Whether the same message may be sent again without a change (D38).
enum class RetryAdvice : quint8 { Never, AfterChange, ByItself, AfterWait };

/// Whose move it is.
enum class ErrorOwner : quint8 {
    Desk,         ///< who writes the texts
    Account,      ///< who manages profiles, numbers and the account
    Registration, ///< who files 10DLC and toll-free registrations
    Customer,
    Carrier,
    Telnyx ///< its support
};

/// Help for one error code of the documentation's page "Error codes". The server's own title and detail are
/// always shown first; this is added below them (discrepancies, E).
struct ErrorAdvice {
    QString code;
    QString title;
    QString cause;  ///< a sentence: what usually lies behind it
    QString action; ///< a sentence: what to do
    RetryAdvice retry = RetryAdvice::Never;
    bool onOnePageOnly = false; ///< D37
    ErrorOwner owner = ErrorOwner::Desk;
    /// The same message sent once more may go through.
    [[nodiscard]] bool canRetryHelp() const {
        return retry == RetryAdvice::ByItself || retry == RetryAdvice::AfterWait;
    }
};

/// The advice for `code`, or nothing. Codes with several meanings follow D30 to D37.
[[nodiscard]] std::optional<ErrorAdvice> adviceFor(const QString &code);
[[nodiscard]] const QList<ErrorAdvice> &allErrorAdvice();

/// 40300 counts as an opt-out block only when the server's words speak of STOP, a block or an opt-out (D32).
[[nodiscard]] bool speaksOfOptOut(const QString &title, const QString &detail);

/// Opt-out and opt-in words of D47, compared trimmed and without case. Empty when it is neither.
enum class Keyword : quint8 { None, Stop, Start, Help };
[[nodiscard]] Keyword keywordOf(const QString &text);

} // namespace longcode::rules
