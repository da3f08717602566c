#pragma once

#include <QDialog>

namespace longcode::shell {

/// Name, version, licences of what is inside. Deletes itself when closed. UI thread.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

} // namespace longcode::shell
