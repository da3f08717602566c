#pragma once

#include "base/result.h"
#include "sandbox/signing_key.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>

namespace longcode::sandbox {

struct Settings {
    std::string host = "127.0.0.1";
    quint16 port = 0;
    std::string apiKey;
    std::uint64_t seed = 0;
    double speed = 1.0;
    QString recordFile{}; ///< empty: requests are not recorded
};

/// The whole sandbox: owns the account it plays, the server in front of it and everything between. The
/// server's thread hands requests over; all else happens on the thread that made the sandbox, which needs
/// an event loop.
class Sandbox : public QObject {
    Q_OBJECT
public:
    /// The error is a sentence.
    [[nodiscard]] static Result<std::unique_ptr<Sandbox>, QString> start(const Settings &settings,
                                                                         const SigningKey &key);
    ~Sandbox() override;

    [[nodiscard]] quint16 port() const;
    /// The one line that says where the sandbox is.
    [[nodiscard]] QByteArray readyLine() const;

private:
    struct Parts;
    explicit Sandbox(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace longcode::sandbox
