#pragma once

#include "rules/link_check.h"

#include <QDialog>
#include <QObject>
#include <QSet>

#include <functional>

class QCheckBox;

namespace longcode::inbox {

/// Asks before a link leaves the program: shows where it really leads, and what is odd about it.
/// Window-modal; deletes itself when closed.
class LinkDialog final : public QDialog {
    Q_OBJECT
public:
    explicit LinkDialog(const rules::Link &link, QWidget *parent = nullptr);

Q_SIGNALS:
    /// `always`: not to be asked about this host again while the program runs.
    void openChosen(bool always);

private:
    void addHost(const rules::Link &link);
    void addWarnings(const rules::Link &link);
    void addButtons(const rules::Link &link);
    void addText(const QString &text, const char *objectName);

    QCheckBox *m_always = nullptr;
};

/// The only way from a text to a browser: nothing is opened, fetched or looked up without a person's consent.
/// Links with a warning are asked about each time. UI thread.
class LinkOpener final : public QObject {
    Q_OBJECT
public:
    using Open = std::function<void(const QUrl &)>;
    explicit LinkOpener(QObject *parent = nullptr);

    /// In place of the system's browser.
    void setOpen(Open open) { m_open = std::move(open); }
    void ask(const rules::Link &link, QWidget *parent);

private:
    Open m_open;
    QSet<QString> m_trusted; ///< ASCII hosts
};

} // namespace longcode::inbox
